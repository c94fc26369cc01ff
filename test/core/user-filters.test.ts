import { afterAll, beforeAll, expect, test } from "vitest";
import type { UserFilter } from "../../contract/user-filter.ts";
import { listUsers, type UserQuery } from "../../core/directory/users/list-users.ts";
import { readFacets } from "../../core/directory/users/read-facets.ts";
import { e3, openTestCore, person, type TestCore, type TestTenant } from "./test-core.ts";
import { planSelection } from "./targets.ts";

let core: TestCore;
let tenant: TestTenant;

beforeAll(async () => {
  core = await openTestCore();
  tenant = await core.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 9 },
    { skuPartNumber: "EMS", total: 9 },
    { skuPartNumber: "AAD_PREMIUM", total: 9 },
  ]);
  const e3User = { usageLocation: "NL", licenses: [{ sku: "SPE_E3" }] };
  await core.provision(tenant, [
    person("ana", { ...e3User, department: "Sales" }),
    person("bo", { usageLocation: "DE", department: "sales", licenses: [{ sku: "EMS" }, { sku: "SPE_E3" }] }),
    person("cy", {
      usageLocation: "NL",
      department: "Sales Support",
      permission: "Global admin",
      licenses: [{ sku: "AAD_PREMIUM" }],
    }),
    person("di", { accountEnabled: false, department: "100%", permission: "Password admin" }),
  ]);
  // The same at another customer, whose users are nobody's here.
  const other = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 9 }]);
  await core.provision(other, [person("ana", { ...e3User, department: "Sales" })]);
});
afterAll(() => core.close());

const cases: [filter: UserFilter, found: string[]][] = [
  [{}, ["ana", "bo", "cy", "di"]],
  [{ department: [" SALES "] }, ["ana", "bo"]],
  [{ department: ["%"] }, []],
  [{ department: ["100%", "sales support"] }, ["cy", "di"]],
  [{ department: ["none"] }, []],
  [{ usageLocation: ["nl"] }, ["ana", "cy"]],
  [{ usageLocation: ["nl", "DE"] }, ["ana", "bo", "cy"]],
  [{ usageLocation: ["none"] }, ["di"]],
  [{ usageLocation: ["NONE", "de"] }, ["bo", "di"]],
  [{ license: ["spe_e3"] }, ["ana", "bo"]],
  [{ license: [e3.skuId] }, ["ana", "bo"]],
  [{ license: ["EMS", "AAD_PREMIUM"] }, ["bo", "cy"]],
  [{ license: ["EMS"], department: ["Sales"] }, ["bo"]],
  [{ license: ["none"] }, ["di"]],
  [{ license: ["any"] }, ["ana", "bo", "cy"]],
  [{ license: ["none", "EMS"] }, ["bo", "di"]],
  [{ license: ["unheard-of"] }, []],
  [{ license: ["constructor", "none"] }, ["di"]],
  [{ permission: ["globalAdmin"] }, ["cy"]],
  [{ permission: ["globalAdmin", "passwordAdmin"] }, ["cy", "di"]],
  [{ permission: ["any"] }, ["cy", "di"]],
  [{ permission: ["user"] }, ["ana", "bo"]],
  [{ permission: ["user", "passwordAdmin"] }, ["ana", "bo", "di"]],
  [{ permission: ["serviceAdmin"] }, []],
  [{ accountEnabled: false }, ["di"]],
  [{ accountEnabled: true, usageLocation: ["NL"], license: ["AAD_PREMIUM"] }, ["cy"]],
  [{ q: "bo display", license: ["SPE_E3"] }, ["bo"]],
];

test.each(cases)("of all users, %j lists and selects the very same", async (filter, found) => {
  const page = await listUsers(core.context, tenant.id, { ...filter, state: "active", limit: 10, count: true });
  expect(page.items.map((user) => user.displayName)).toEqual(found.map((name) => `Display ${name}`));
  expect(page.total).toBe(found.length);
  if (found.length === 0) return;
  const rows = await core.rows(await planSelection(core, tenant, "resetPasswords", { filter }));
  expect(rows.map((row) => row.userId)).toEqual(page.items.map((user) => user.id));
});

test("the values to filter by are those of the users, each with as many users as its filter finds", async () => {
  const { departments, usageLocations } = await readFacets(core.context, tenant.id, "active");
  expect(usageLocations).toEqual([
    { value: "NL", users: 2 },
    { value: "DE", users: 1 },
    { value: null, users: 1 },
  ]);
  expect(departments.map(({ value }) => value)).toEqual(["100%", "sales", "Sales", "Sales Support"].toSorted());
  for (const { value, users } of usageLocations) {
    const filter = { usageLocation: [value ?? "none"], state: "active", limit: 1, count: true } as const;
    expect(
      (await listUsers(core.context, tenant.id, { ...filter, usageLocation: [...filter.usageLocation] })).total,
    ).toBe(users);
  }
});

test("a filtered list is turned page by page", async () => {
  const seen: string[] = [];
  for (let cursor: string | undefined; ;) {
    const query = {
      license: ["SPE_E3"],
      state: "active",
      sort: "-displayName",
      limit: 1,
      count: false,
      cursor,
    } satisfies UserQuery;
    const page = await listUsers(core.context, tenant.id, query);
    seen.push(...page.items.map((user) => user.displayName));
    if (page.next === null) break;
    cursor = page.next;
  }
  expect(seen).toEqual(["Display bo", "Display ana"]);
});
