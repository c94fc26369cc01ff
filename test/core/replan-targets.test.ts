import { afterAll, beforeAll, expect, test } from "vitest";
import { changeBatch } from "../../core/batches/change-batch.ts";
import { changeRows } from "../../core/batches/change-rows.ts";
import { ada, endings, licensed, openDesk, people, verdicts, type Desk } from "./desk.ts";
import { carryOut, planFile, planSelection, planTargets, retryRows } from "./targets.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const seats = (total: number) => [{ skuPartNumber: "SPE_E3", total }];

test("a row that names nobody is mended and planned again, and so are the seats of the whole plan", async () => {
  const shop = await desk.makeCustomer(seats(1));
  await desk.provision(shop, [licensed("a"), licensed("b")]);
  const csv = "User name,Add licenses\nnobody,SPE_E3\nb,SPE_E3\n";
  const batchId = await planFile(desk, shop, "changeLicenses", csv);
  expect(verdicts(await desk.rows(batchId))).toEqual(["invalid user_unknown", "update"]);
  await changeRows(desk.context, ada, batchId, [{ rowNo: 1, values: { "User name": "a" } }]);
  expect(verdicts(await desk.rows(batchId))).toEqual(["update", "update seat_shortage"]);
  expect(await desk.batch(batchId)).toMatchObject({
    plan: { update: 2, invalid: 0 },
    seats: [{ needed: 2, free: 1 }],
  });
  const { rows } = await carryOut(desk, batchId);
  expect(endings(rows)).toEqual(["succeeded", "failed licenses seat_shortage"]);
});

test("rows that were edited to be about one user, or to give one name, end one by one", async () => {
  const shop = await desk.makeCustomer(seats(5));
  await desk.provision(shop, people(3, { usageLocation: "NL" }));
  const { id } = await desk.user(shop, "u1");
  const csv = `User name,Object ID,Add licenses\nu2,,SPE_E3\n,${id},SPE_E3\n`;
  const licenses = await planFile(desk, shop, "changeLicenses", csv);
  await changeRows(desk.context, ada, licenses, [{ rowNo: 1, values: { "User name": "u1" } }]);
  expect(endings((await carryOut(desk, licenses)).rows)).toEqual(["succeeded", "failed licenses changed_meanwhile"]);
  const names = await planFile(desk, shop, "updateUsers", "User name,New user name\nu2,x\nu3,y\n");
  await changeRows(desk.context, ada, names, [{ rowNo: 1, values: { "New user name": "Y" } }]);
  expect(endings((await carryOut(desk, names)).rows)).toEqual(["succeeded", "failed update upn_taken"]);
});

test("a file is planned again under another mapping", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, people(2));
  const batchId = await planFile(desk, shop, "updateUsers", "User name,Note\nu1,Boss\nu2,Clerk\n");
  expect(verdicts(await desk.rows(batchId))).toEqual(["unchanged", "unchanged"]);
  await changeBatch(desk.context, ada, batchId, { mapping: { Note: "jobTitle" } });
  expect(await desk.batch(batchId)).toMatchObject({ plan: { update: 2, unchanged: 0 }, planVersion: 2 });
  await carryOut(desk, batchId);
  expect(await desk.user(shop, "u1")).toMatchObject({ jobTitle: "Boss" });
});

test("a failed row of a selection is retried against the user as it is by then", async () => {
  const shop = await desk.makeCustomer(seats(5));
  await desk.provision(shop, [licensed("a")]);
  const { id } = await desk.user(shop, "a");
  const change = { add: [{ sku: "SPE_E3" }] };
  const batchId = await planSelection(desk, shop, "changeLicenses", { userIds: [id] }, change);
  const other = await planTargets(desk, shop, "updateUsers", [{ userId: id, jobTitle: "Boss" }]);
  await carryOut(desk, other);
  expect(endings((await carryOut(desk, batchId)).rows)).toEqual(["failed licenses changed_meanwhile"]);
  expect(endings(await retryRows(desk, batchId))).toEqual(["succeeded"]);
  expect((await desk.user(shop, "a")).licenses).toHaveLength(1);
});

test("more than a chunk of users is done once each, and all that a filter finds is planned in a few statements", async () => {
  const shop = await desk.makeCustomer(seats(2500));
  await desk.provision(shop, people(2300, { usageLocation: "NL" }));
  const add = { add: [{ sku: "SPE_E3" }] };
  const given = await carryOut(desk, await planSelection(desk, shop, "changeLicenses", { filter: {} }, add));
  expect(given.batch.totals).toMatchObject({ rows: 2300, succeeded: 2300 });
  await carryOut(desk, await planSelection(desk, shop, "deleteUsers", { filter: {} }));
  expect(await desk.seats(shop)).toMatchObject({ SPE_E3: { consumed: 0 } });
  const back = await carryOut(desk, await planSelection(desk, shop, "restoreUsers", { filter: {} }));
  expect(back.batch.totals).toMatchObject({ rows: 2300, succeeded: 2300 });
  expect(await desk.seats(shop)).toMatchObject({ SPE_E3: { consumed: 2300 } });
});

test("a user is created by the same rules of licenses as one is changed by", async () => {
  const shop = await desk.makeCustomer(
    ["EXCHANGESTANDARD", "EXCHANGEENTERPRISE", "MCOEV"].map((skuPartNumber) => ({ skuPartNumber, total: 5 })),
  );
  const batch = await desk.plan(shop, [
    licensed("a", "EXCHANGESTANDARD", "EXCHANGEENTERPRISE"),
    licensed("b", "MCOEV"),
    { ...licensed("c", "EXCHANGESTANDARD"), usageLocation: "KP" },
    licensed("d", "EXCHANGESTANDARD"),
  ]);
  expect(verdicts(await desk.rows(batch.id))).toEqual([
    "invalid plan_conflict",
    "invalid plan_dependency",
    "invalid prohibited_in_location",
    "create",
  ]);
});
