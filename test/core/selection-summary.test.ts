import { afterAll, beforeAll, expect, test } from "vitest";
import { summariseSelection } from "../../core/directory/users/summarise-selection.ts";
import { newId } from "../../db/new-id.ts";
import { e3, ems, mfaPlan, openTestCore, person, type TestCore } from "./test-core.ts";
import { act } from "./targets.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

test("before a change of many, the agent sees what they have and what is free", async () => {
  const tenant = await core.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 3 },
    { skuPartNumber: "EMS", total: 9 },
    { skuPartNumber: "AAD_PREMIUM", total: 4 },
  ]);
  await core.provision(tenant, [
    person("ana", { usageLocation: "NL", department: "Sales", licenses: [{ sku: "SPE_E3" }, { sku: "EMS" }] }),
    person("bo", {
      usageLocation: "NL",
      department: "Sales",
      licenses: [{ sku: "EMS", disabledPlans: [mfaPlan] }],
    }),
    person("cy", { department: "Sales", accountEnabled: false, permission: "Global admin" }),
    person("di", { usageLocation: "NL", licenses: [{ sku: "SPE_E3" }] }),
  ]);
  const summary = await summariseSelection(core.context, tenant.id, { filter: { department: ["sales"] } });
  expect(summary).toMatchObject({
    users: 3,
    active: 3,
    deleted: 0,
    blocked: 1,
    withoutLocation: 1,
    unlicensed: 1,
    namesTaken: 0,
    permissions: [{ permission: "globalAdmin", users: 1 }],
  });
  const products = new Map(summary.products.map((product) => [product.skuPartNumber, product]));
  expect(products.get("SPE_E3")).toMatchObject({ ...e3, users: 1, total: 3, available: 1, plansOff: [] });
  expect(products.get("EMS")).toMatchObject({ ...ems, users: 2, total: 9, available: 7 });
  expect(products.get("EMS")?.plansOff).toMatchObject([{ users: 1 }]);
  expect(products.get("AAD_PREMIUM")).toMatchObject({ users: 0, total: 4, available: 4 });
  const bo = await core.user(tenant, "bo");
  expect(products.get("EMS")?.plansOff.map(({ plan }) => plan)).toEqual(bo.licenses[0]?.disabledPlans);
  const ids = [bo.id, bo.id, newId()];
  expect(await summariseSelection(core.context, tenant.id, { userIds: ids })).toMatchObject({
    users: 1,
    unlicensed: 0,
  });
});

test("of deleted users the agent sees the licenses that they had, and whose name is in use again", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 2 }]);
  const licensedUser = { usageLocation: "NL", licenses: [{ sku: "SPE_E3" }] };
  await core.provision(tenant, [person("ana", licensedUser), person("bo", licensedUser)]);
  const [ana, bo] = [await core.user(tenant, "ana"), await core.user(tenant, "bo")];
  await act(core, tenant, "deleteUsers", [{ userId: ana.id }, { userId: bo.id }]);
  await core.provision(tenant, [person("ana", licensedUser)], { onDeleted: "create" });
  const summary = await summariseSelection(core.context, tenant.id, { filter: { state: "inactive" } });
  expect(summary).toMatchObject({ users: 2, active: 0, deleted: 2, namesTaken: 1, unlicensed: 0 });
  expect(summary.products).toMatchObject([{ skuPartNumber: "SPE_E3", users: 2, available: 1 }]);
  expect(await summariseSelection(core.context, tenant.id, { filter: {} })).toMatchObject({ users: 1 });
});
