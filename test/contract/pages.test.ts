import { expect, test } from "vitest";
import { otherAddresses, pageAddress, pageNames, toolNames, tools } from "../../contract/pages.ts";
import { routes } from "../../contract/routes.ts";

test("every route and tool has an address that is never a page, and no page has one", () => {
  const served = [...Object.values(routes).map(({ path }) => path), ...toolNames.map((name) => tools[name].path)];
  expect(served.filter((address) => !otherAddresses.test(address))).toEqual([]);
  expect(served.filter((address) => !otherAddresses.test(`${address}?limit=1`))).toEqual([]);
  expect(pageNames.map((name) => pageAddress(name)).filter((address) => otherAddresses.test(address))).toEqual([]);
});
