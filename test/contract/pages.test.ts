import { expect, test } from "vitest";
import { otherAddresses, pageAddress, pageNames, toolNames, tools } from "../../contract/pages.ts";
import { routes } from "../../contract/routes.ts";

test("every route and tool has an address that is never a page, but for signing in, and no page has one", () => {
  const pageAddresses = pageNames.map((name) => pageAddress(name));
  const served = [...Object.values(routes).map(({ path }) => path), ...toolNames.map((name) => tools[name].path)];
  const both = served.filter((address) => !otherAddresses.test(address) || !otherAddresses.test(`${address}?limit=1`));
  expect([...new Set(both)]).toEqual([pageAddress("signIn")]);
  expect(pageAddresses.filter((address) => otherAddresses.test(address))).toEqual([]);
});
