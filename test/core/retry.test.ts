import { afterAll, beforeAll, expect, test } from "vitest";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { cancelBatch } from "../../core/batches/run/cancel-batch.ts";
import { listCauses } from "../../core/batches/read/list-causes.ts";
import { pauseBatch, resumeBatch } from "../../core/batches/run/pause-batch.ts";
import { retryBatch, retryChunk } from "../../core/batches/run/retry-batch.ts";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import { addDomain, changeProduct } from "../../core/directory/customers/change-customer.ts";
import { openWindow, runOne, runReady } from "../support/run-batch.ts";
import {
  admin,
  e3,
  endings,
  licensed,
  openTestCore,
  people,
  person,
  upn,
  plansOf,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

async function withSeats(total: number): Promise<TestTenant> {
  return await core.makeCustomer([{ skuPartNumber: "SPE_E3", total }]);
}

async function setSeats(tenant: TestTenant, total: number): Promise<void> {
  await changeProduct(core.context, admin, tenant.id, e3.skuId, { total });
}

async function retry(id: string, selection: Parameters<typeof retryBatch>[3] = {}): Promise<number> {
  const { reopened } = await retryBatch(core.context, admin, id, selection);
  await runReady(core.context);
  return reopened;
}

test("a retry goes on at the licenses of a user who is there, and makes nobody anew", async () => {
  const tenant = await withSeats(1);
  const batch = await core.provision(tenant, [
    licensed("a", "SPE_E3"),
    licensed("b", "SPE_E3"),
    licensed("c", "SPE_E3"),
  ]);
  expect(batch.totals).toMatchObject({ succeeded: 1, partial: 2 });
  const b = await core.user(tenant, "b");
  await setSeats(tenant, 2);
  expect(await retry(batch.id)).toBe(2);
  expect(await core.batch(batch.id)).toMatchObject({ state: "finished", totals: { succeeded: 2, partial: 1 } });
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded", "succeeded", "partial licenses seat_shortage"]);
  expect((await core.rows(batch.id)).map((row) => row.attempts)).toEqual([1, 2, 2]);
  expect(await core.user(tenant, "b")).toMatchObject({ id: b.id, version: 2, licenses: [{ skuId: e3.skuId }] });
  expect(await core.audited(batch.id)).toEqual({ create_customer_user: 3, update_customer_user_licenses: 1 });
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 2, consumed: 2 } });
  const passwords = await core.context.db.sql`select from temporary_passwords where batch_id = ${batch.id}`;
  expect(passwords.length).toBe(3);
});

test("a retry of a partial row whose user got the license elsewhere succeeds without a seat", async () => {
  const tenant = await withSeats(0);
  const batch = await core.provision(tenant, [licensed("a", "SPE_E3")]);
  await setSeats(tenant, 1);
  await core.provision(tenant, [licensed("a", "SPE_E3")], { onExisting: "update" });
  await retry(batch.id);
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded"]);
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 1, consumed: 1 } });
});

test("a retry of a partial row whose user was deleted meanwhile says so", async () => {
  const tenant = await withSeats(0);
  const batch = await core.provision(tenant, [licensed("a", "SPE_E3")]);
  await core.deleteUser(tenant, "a");
  await setSeats(tenant, 1);
  await retry(batch.id);
  expect((await core.row(batch.id, 1)).code).toBe("user_gone");
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 1, consumed: 0 } });
});

test("a retry plans failed rows again, against the customer as it is now", async () => {
  const tenant = await withSeats(1);
  const second = `second-${tenant.domain}`;
  const rows = [
    person(`x@${second}`),
    person("anna", { city: "Gouda" }),
    person("mars", { usageLocation: "Marsland" }),
  ];
  await core.provision(tenant, [person("anna", { city: "Delft" })]);
  const batch = await core.provision(tenant, rows);
  expect(plansOf(await core.rows(batch.id))).toEqual([
    "invalid domain_unverified",
    "conflict user_exists",
    "invalid country_unknown",
  ]);
  await addDomain(core.context, admin, tenant.id, second);
  await core.context.db.sql`update users set city = 'Gouda' where user_principal_name = ${upn(tenant, "anna")}`;
  expect(await retry(batch.id)).toBe(3);
  const ended = await core.batch(batch.id);
  expect(ended).toMatchObject({
    state: "finished",
    planVersion: 2,
    plan: { create: 1, unchanged: 1, invalid: 1, conflict: 0 },
    totals: { rows: 3, succeeded: 1, unchanged: 1, failed: 1 },
  });
  expect(plansOf(await core.rows(batch.id))).toEqual(["create", "unchanged", "invalid country_unknown"]);
  expect(await core.user(tenant, `x@${second}`)).toMatchObject({ state: "active" });
});

test("a retry after somebody else's change plans on the user as it is now", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("anna", { city: "Delft" })]);
  const batch = await core.plan(tenant, [person("anna", { city: "Gouda" })], { onExisting: "update" });
  await core.context.db.sql`
    update users set city = 'Utrecht', version = version + 1 where user_principal_name = ${upn(tenant, "anna")}`;
  await core.apply(batch.id);
  expect((await core.row(batch.id, 1)).code).toBe("changed_meanwhile");
  await retry(batch.id);
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded"]);
  expect((await core.user(tenant, "anna")).city).toBe("Gouda");
});

test("a retry marks the seats again", async () => {
  const tenant = await withSeats(0);
  const batch = await core.provision(tenant, [licensed("a", "SPE_E3"), licensed("b", "SPE_E3")], {
    onExisting: "update",
  });
  expect(batch.totals.partial).toBe(2);
  const again = await core.provision(tenant, [licensed("a", "SPE_E3"), licensed("b", "SPE_E3")], {
    onExisting: "update",
  });
  expect(endings(await core.rows(again.id))).toEqual([
    "failed licenses seat_shortage",
    "failed licenses seat_shortage",
  ]);
  await setSeats(tenant, 1);
  const { reopened } = await retryBatch(core.context, admin, again.id, {});
  expect(reopened).toBe(2);
  expect((await core.rows(again.id)).map((row) => [row.state, row.code])).toEqual([
    ["pending", null],
    ["pending", "seat_shortage"],
  ]);
  await runReady(core.context);
  expect(endings(await core.rows(again.id))).toEqual(["succeeded", "failed licenses seat_shortage"]);
});

test("a retry takes only the chosen causes or rows", async () => {
  const tenant = await withSeats(0);
  const second = `second-${tenant.domain}`;
  const batch = await core.provision(tenant, [
    person(`x@${second}`),
    licensed("a", "SPE_E3"),
    person(`y@${second}`),
    licensed("b", "SPE_E3"),
  ]);
  await addDomain(core.context, admin, tenant.id, second);
  await setSeats(tenant, 5);
  expect(await retry(batch.id, { rowNos: [3, 4, 99], codes: ["domain_unverified"] })).toBe(1);
  expect(endings(await core.rows(batch.id))).toEqual([
    "failed domain_unverified",
    "partial licenses seat_shortage",
    "succeeded",
    "partial licenses seat_shortage",
  ]);
  expect(await retry(batch.id, { codes: ["seat_shortage"] })).toBe(2);
  expect(await retry(batch.id, { codes: ["seat_shortage"] })).toBe(0);
  expect(await retry(batch.id, { rowNos: [1] })).toBe(1);
  expect(await core.batch(batch.id)).toMatchObject({ state: "finished", totals: { succeeded: 4 } });
  const [recorded] = await core.context.db.sql<{ after: unknown }[]>`
    select after from audit where batch_id = ${batch.id} and operation = 'retry_batch' order by id limit 1`;
  expect(recorded?.after).toEqual({ reopened: 1, rowNos: [3, 4, 99], codes: ["domain_unverified"] });
});

test("a retry takes only rows that ended as said, cancelled ones as well", async () => {
  const tenant = await withSeats(0);
  const batch = await core.provision(tenant, [person("bad", { usageLocation: "Marsland" }), licensed("a", "SPE_E3")]);
  await setSeats(tenant, 5);
  expect(await retry(batch.id, { state: "failed" })).toBe(1);
  expect(endings(await core.rows(batch.id))).toEqual(["failed country_unknown", "partial licenses seat_shortage"]);
  expect(await retry(batch.id, { state: "partial", codes: ["country_unknown"] })).toBe(0);
  expect(await retry(batch.id, { state: "cancelled" })).toBe(0);
  expect(await retry(batch.id, { state: "partial" })).toBe(1);
  expect(await core.batch(batch.id)).toMatchObject({ totals: { succeeded: 1, failed: 1 } });
  const cancelled = await cancelledMidway(tenant);
  expect(await retry(cancelled, { state: "cancelled" })).toBe(3);
  expect(await core.batch(cancelled)).toMatchObject({ totals: { cancelled: 0 } });
});

test("a retry never gives a name to the second of its rows", async () => {
  const tenant = await core.makeCustomer();
  const rows = [person("anna", { city: "Delft" }), person("bo"), person("Anna", { city: "Gouda" })];
  const batch = await core.provision(tenant, rows, { onExisting: "update" });
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded", "succeeded", "failed duplicate_in_file"]);
  for (const selection of [{}, { codes: ["duplicate_in_file" as const] }, { rowNos: [3] }]) {
    await retry(batch.id, selection);
    expect(endings(await core.rows(batch.id))).toEqual(["succeeded", "succeeded", "failed duplicate_in_file"]);
  }
  expect((await core.user(tenant, "anna")).city).toBe("Delft");
  expect((await core.batch(batch.id)).state).toBe("finished");
});

test("a retry of rows that are no better leaves the batch finished", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.provision(tenant, [person("x@unverified.example"), person("a")]);
  await retryBatch(core.context, admin, batch.id, {});
  expect(await core.batch(batch.id)).toMatchObject({
    state: "finished",
    totals: { failed: 1, succeeded: 1, pending: 0 },
  });
  expect(await claimChunks(core.context.db, 10)).toEqual([]);
});

test("a retry of a batch whose cells are gone reopens nothing, and leaves no row waiting for ever", async () => {
  const tenant = await withSeats(0);
  const batch = await core.provision(tenant, [licensed("a", "SPE_E3"), person("x@unverified.example")]);
  await core.context.db.sql`delete from rows where batch_id = ${batch.id}`;
  await setSeats(tenant, 5);
  expect(await retry(batch.id)).toBe(0);
  expect(await core.batch(batch.id)).toMatchObject({
    state: "finished",
    totals: { pending: 0, partial: 1, failed: 1 },
  });
});

test("rows can be retried while the rest of the batch is still under way, or paused", async () => {
  const tenant = await withSeats(1);
  const batch = await core.plan(tenant, [licensed("a", "SPE_E3"), licensed("b", "SPE_E3"), ...people(1000)]);
  await applyBatch(core.context, admin, batch.id);
  await openWindow(core.context.db, batch.id);
  const [first, second] = await claimChunks(core.context.db, 2);
  if (first === undefined || second === undefined) throw new Error("two chunks were expected");
  expect(await runOne(core.context, first)).toMatchObject({ failed: {}, partial: { seat_shortage: 1 } });
  await setSeats(tenant, 2);
  await pauseBatch(core.context, admin, batch.id);
  expect((await retryBatch(core.context, admin, batch.id, {})).reopened).toBe(1);
  expect(await claimChunks(core.context.db, 10)).toEqual([]);
  expect((await core.batch(batch.id)).state).toBe("paused");
  await resumeBatch(core.context, admin, batch.id);
  await runOne(core.context, second);
  expect((await runReady(core.context)).map(({ chunk }) => [chunk.chunkNo, chunk.run])).toEqual([[1, 2]]);
  expect(await core.batch(batch.id)).toMatchObject({ state: "finished", totals: { rows: 1002, succeeded: 1002 } });
});

test("a failed chunk is retried under the very run that its job carries", async () => {
  const tenant = await withSeats(0);
  const batch = await core.plan(tenant, [
    ...people(200),
    licensed("late1", "SPE_E3"),
    licensed("late2", "SPE_E3"),
    person("x@unverified.example"),
  ]);
  await applyBatch(core.context, admin, batch.id);
  const runs = await runReady(core.context);
  const failed = runs.find(({ chunk }) => chunk.chunkNo === 2)?.chunk;
  if (failed === undefined) throw new Error("two chunks were expected");
  await setSeats(tenant, 1);
  expect(await retryChunk(core.context, admin, batch.id, 1)).toEqual({ reopened: 0 });
  expect((await core.batch(batch.id)).state).toBe("finished");
  expect(await retryChunk(core.context, admin, batch.id, 2)).toEqual({ reopened: 3 });
  expect((await core.batch(batch.id)).state).toBe("running");
  // The dispatcher leaves it alone: its job is in the queue already.
  expect(await claimChunks(core.context.db, 10)).toEqual([]);
  expect(await runOne(core.context, failed)).toMatchObject({
    kind: "done",
    failed: {},
    partial: { seat_shortage: 1 },
    rows: 3,
  });
  await runReady(core.context);
  expect(await core.batch(batch.id)).toMatchObject({
    state: "finished",
    totals: { rows: 203, succeeded: 201, partial: 1, failed: 1, pending: 0 },
  });
});

/** A batch of two chunks, cancelled after the first of them: one row done, one partial, one failed, the rest never run. */
async function cancelledMidway(tenant: TestTenant): Promise<string> {
  const rows = [licensed("a", "SPE_E3"), licensed("b", "SPE_E3"), person("x@unverified.example"), ...people(199)];
  const batch = await core.plan(tenant, [...rows, licensed("late", "SPE_E3")]);
  await applyBatch(core.context, admin, batch.id);
  const [first] = await claimChunks(core.context.db, 1);
  if (first === undefined) throw new Error("a chunk was expected");
  await runOne(core.context, first);
  await cancelBatch(core.context, admin, batch.id);
  return batch.id;
}

test("a batch cancelled while it runs says of each row what became of it, and lists no cause as pending", async () => {
  const tenant = await withSeats(1);
  const id = await cancelledMidway(tenant);
  expect(await core.batch(id)).toMatchObject({
    state: "cancelled",
    totals: { rows: 203, succeeded: 198, partial: 1, failed: 1, cancelled: 3, pending: 0 },
  });
  const causes = await listCauses(core.context, id);
  expect(causes.map(({ code, state, rows }) => [code, state, rows])).toEqual([
    ["batch_cancelled", "cancelled", 3],
    ["domain_unverified", "failed", 1],
    ["seat_shortage", "partial", 1],
  ]);
  const never = (await core.rows(id, { state: "cancelled" })).find(({ rowNo }) => rowNo === 203);
  expect(never).toMatchObject({ state: "cancelled", code: "batch_cancelled", field: null, userId: null, attempts: 0 });
  expect(never?.message).toContain("Row 203");
});

test("the partial and failed rows of a cancelled batch can be retried, and nobody else is touched", async () => {
  const tenant = await withSeats(1);
  const id = await cancelledMidway(tenant);
  await setSeats(tenant, 2);
  expect(await retry(id)).toBe(2);
  expect(await core.batch(id)).toMatchObject({
    state: "finished",
    totals: { succeeded: 199, partial: 0, failed: 1, cancelled: 3, pending: 0 },
  });
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 2, consumed: 2 } });
});

test("the rows that a cancelled batch never ran are carried out when they are asked for, and never twice", async () => {
  const tenant = await withSeats(5);
  const id = await cancelledMidway(tenant);
  expect(await retry(id, { rowNos: [201] })).toBe(1);
  expect(await core.batch(id)).toMatchObject({ state: "finished", totals: { succeeded: 200, cancelled: 2 } });
  expect(await retry(id, { codes: ["batch_cancelled"] })).toBe(2);
  expect(await retry(id, { codes: ["batch_cancelled"] })).toBe(0);
  expect(await core.batch(id)).toMatchObject({ totals: { rows: 203, succeeded: 202, failed: 1, cancelled: 0 } });
  expect(await core.audited(id)).toMatchObject({ create_customer_user: 202 });
});

test("a row that had ended in part is so again where its retry is cancelled, and goes on at its step", async () => {
  const tenant = await withSeats(0);
  const batch = await core.provision(tenant, [licensed("a", "SPE_E3"), person("x@unverified.example")]);
  await retryBatch(core.context, admin, batch.id, { rowNos: [1] });
  await cancelBatch(core.context, admin, batch.id);
  expect(endings(await core.rows(batch.id))).toEqual(["partial licenses batch_cancelled", "failed domain_unverified"]);
  // It names the step at which a retry goes on.
  expect((await core.row(batch.id, 1)).message).toMatch(/^Row 1: .*\blicenses\b/);
  expect(await core.batch(batch.id)).toMatchObject({ state: "cancelled", totals: { partial: 1, cancelled: 0 } });
  await setSeats(tenant, 1);
  expect(await retry(batch.id)).toBe(2);
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded", "failed domain_unverified"]);
  expect(await core.audited(batch.id)).toMatchObject({ create_customer_user: 1 });
});

test("a batch cancelled before its start can still be carried out, row by row or as a whole", async () => {
  const tenant = await withSeats(0);
  const batch = await core.plan(tenant, [person("a"), person("b")]);
  await cancelBatch(core.context, admin, batch.id);
  expect(await retry(batch.id)).toBe(0);
  expect((await core.batch(batch.id)).state).toBe("cancelled");
  expect(await retry(batch.id, { codes: ["batch_cancelled"] })).toBe(2);
  expect(await core.batch(batch.id)).toMatchObject({ state: "finished", totals: { succeeded: 2 } });
});
