import { afterAll, beforeAll, expect, test } from "vitest";
import { changeBatch } from "../../core/batches/edit/change-batch.ts";
import { changeRows } from "../../core/batches/edit/change-rows.ts";
import { admin, endings, licensed, openTestCore, people, plansOf, type TestCore } from "./test-core.ts";
import { carryOut, planFile, planSelection, planTargets, retryRows } from "./targets.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const seats = (total: number) => [{ skuPartNumber: "SPE_E3", total }];

test("a row that names nobody is mended and planned again, and so are the seats of the whole plan", async () => {
  const tenant = await core.makeCustomer(seats(1));
  await core.provision(tenant, [licensed("a"), licensed("b")]);
  const csv = "User name,Add licenses\nnobody,SPE_E3\nb,SPE_E3\n";
  const batchId = await planFile(core, tenant, "changeLicenses", csv);
  expect(plansOf(await core.rows(batchId))).toEqual(["invalid user_unknown", "update"]);
  await changeRows(core.context, admin, batchId, [{ rowNo: 1, values: { "User name": "a" } }]);
  expect(plansOf(await core.rows(batchId))).toEqual(["update", "update seat_shortage"]);
  expect(await core.batch(batchId)).toMatchObject({
    plan: { update: 2, invalid: 0 },
    seats: [{ needed: 2, free: 1 }],
  });
  const { rows } = await carryOut(core, batchId);
  expect(endings(rows)).toEqual(["succeeded", "failed licenses seat_shortage"]);
});

test("rows that were edited to be about one user, or to give one name, end one by one", async () => {
  const tenant = await core.makeCustomer(seats(5));
  await core.provision(tenant, people(3, { usageLocation: "NL" }));
  const { id } = await core.user(tenant, "u1");
  const csv = `User name,Object ID,Add licenses\nu2,,SPE_E3\n,${id},SPE_E3\n`;
  const licenses = await planFile(core, tenant, "changeLicenses", csv);
  await changeRows(core.context, admin, licenses, [{ rowNo: 1, values: { "User name": "u1" } }]);
  expect(endings((await carryOut(core, licenses)).rows)).toEqual(["succeeded", "failed licenses changed_meanwhile"]);
  const names = await planFile(core, tenant, "updateUsers", "User name,New user name\nu2,x\nu3,y\n");
  await changeRows(core.context, admin, names, [{ rowNo: 1, values: { "New user name": "Y" } }]);
  expect(endings((await carryOut(core, names)).rows)).toEqual(["succeeded", "failed update upn_taken"]);
});

test("a file is planned again under another mapping", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, people(2));
  const batchId = await planFile(core, tenant, "updateUsers", "User name,Note\nu1,Boss\nu2,Clerk\n");
  expect(plansOf(await core.rows(batchId))).toEqual(["unchanged", "unchanged"]);
  await changeBatch(core.context, admin, batchId, { mapping: { Note: "jobTitle" } });
  expect(await core.batch(batchId)).toMatchObject({ plan: { update: 2, unchanged: 0 }, planVersion: 2 });
  await carryOut(core, batchId);
  expect(await core.user(tenant, "u1")).toMatchObject({ jobTitle: "Boss" });
});

test("a failed row of a selection is retried against the user as it is by then", async () => {
  const tenant = await core.makeCustomer(seats(5));
  await core.provision(tenant, [licensed("a")]);
  const { id } = await core.user(tenant, "a");
  const change = { add: [{ sku: "SPE_E3" }] };
  const batchId = await planSelection(core, tenant, "changeLicenses", { userIds: [id] }, change);
  const other = await planTargets(core, tenant, "updateUsers", [{ userId: id, jobTitle: "Boss" }]);
  await carryOut(core, other);
  expect(endings((await carryOut(core, batchId)).rows)).toEqual(["failed licenses changed_meanwhile"]);
  expect(endings(await retryRows(core, batchId))).toEqual(["succeeded"]);
  expect((await core.user(tenant, "a")).licenses).toHaveLength(1);
});

test("more than a chunk of users is done once each, and all that a filter finds is planned in a few statements", async () => {
  const tenant = await core.makeCustomer(seats(2500));
  await core.provision(tenant, people(2300, { usageLocation: "NL" }));
  const add = { add: [{ sku: "SPE_E3" }] };
  const given = await carryOut(core, await planSelection(core, tenant, "changeLicenses", { filter: {} }, add));
  expect(given.batch.totals).toMatchObject({ rows: 2300, succeeded: 2300 });
  await carryOut(core, await planSelection(core, tenant, "deleteUsers", { filter: {} }));
  expect(await core.seats(tenant)).toMatchObject({ SPE_E3: { consumed: 0 } });
  const back = await carryOut(core, await planSelection(core, tenant, "restoreUsers", { filter: {} }));
  expect(back.batch.totals).toMatchObject({ rows: 2300, succeeded: 2300 });
  expect(await core.seats(tenant)).toMatchObject({ SPE_E3: { consumed: 2300 } });
});

test("a user is created by the same rules of licenses as one is changed by", async () => {
  const tenant = await core.makeCustomer(
    ["EXCHANGESTANDARD", "EXCHANGEENTERPRISE", "MCOEV"].map((skuPartNumber) => ({ skuPartNumber, total: 5 })),
  );
  const batch = await core.plan(tenant, [
    licensed("a", "EXCHANGESTANDARD", "EXCHANGEENTERPRISE"),
    licensed("b", "MCOEV"),
    { ...licensed("c", "EXCHANGESTANDARD"), usageLocation: "KP" },
    licensed("d", "EXCHANGESTANDARD"),
  ]);
  expect(plansOf(await core.rows(batch.id))).toEqual([
    "invalid plan_conflict",
    "invalid plan_dependency",
    "invalid prohibited_in_location",
    "create",
  ]);
});
