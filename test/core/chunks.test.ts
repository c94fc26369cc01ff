import { afterAll, beforeAll, expect, test } from "vitest";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { claimChunks, type QueuedChunk } from "../../core/batches/run/claim-chunks.ts";
import { queuedChunks, releaseLostChunks } from "../../core/batches/run/queued-chunks.ts";
import { runChunk } from "../../core/batches/run/run-chunk.ts";
import { advanceBatches } from "../../core/batches/run/advance-batches.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { runOne, runReady } from "../support/run-batch.ts";
import { admin, licensed, openTestCore, people, person, type TestCore } from "./test-core.ts";
import { sql } from "../../db/sql-text.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

async function claimOne(batchId: string): Promise<QueuedChunk> {
  const [chunk, ...others] = await claimChunks(core.context.db, 1);
  expect(others).toEqual([]);
  if (chunk === undefined) throw new Error("no chunk was ready");
  expect(chunk.batchId).toBe(batchId);
  return chunk;
}

/** Plans and starts users without running them, and claims their one chunk. */
async function started(rows = people(3)): Promise<{ id: string; shopId: string; chunk: QueuedChunk }> {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  const { id } = await core.plan(tenant, rows);
  await applyBatch(core.context, admin, id);
  return { id, shopId: tenant.id, chunk: await claimOne(id) };
}

async function everything(): Promise<unknown[]> {
  const { db } = core.context;
  return [
    await db.sql`select * from users order by id`,
    await db.sql`select * from row_results order by batch_id, row_no`,
    await db.sql`select * from chunks order by batch_id, no`,
    await db.sql`select count(*) from audit`,
    await db.sql`select * from products order by customer_id, sku_id`,
    await db.sql`select * from temporary_passwords order by user_id`,
  ];
}

test("a claimed chunk carries all that its job is named by", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, people(2));
  await applyBatch(core.context, admin, batch.id);
  expect(await claimOne(batch.id)).toEqual({
    batchId: batch.id,
    batchNo: batch.no,
    chunkNo: 1,
    run: 1,
    operation: "createUsers",
    customerId: tenant.id,
    domain: tenant.domain,
    rowFrom: 1,
    rowTo: 2,
    pending: 2,
    traceparent: null,
  });
  expect(await claimChunks(core.context.db, 10)).toEqual([]);
  await core.context.db.sql`update chunks set state = 'ready' where batch_id = ${batch.id}`;
  expect((await runReady(core.context)).map(({ chunk }) => chunk.run)).toEqual([2]);
});

test("a run that comes twice has the effect of one", async () => {
  const { chunk } = await started([...people(3), licensed("a", "SPE_E3"), licensed("b", "SPE_E3")]);
  const first = await runOne(core.context, chunk);
  const done = { kind: "done", failed: {}, partial: { seat_shortage: 1 }, rows: 5 };
  const ended = [
    { outcome: "succeeded", cause: null, rows: 4 },
    { outcome: "partial", cause: "seat_shortage", rows: 1 },
  ];
  expect(first).toMatchObject({ ...done, ended, finished: { rows: 5, succeeded: 4, partial: 1, failed: 0 } });
  const before = await everything();
  expect(await runOne(core.context, chunk)).toMatchObject({ ...done, ended: [], finished: null });
  expect(await everything()).toEqual(before);
  await advanceBatches(core.context.db);
});

test("a run that is over does nothing", async () => {
  const { id, chunk } = await started();
  await releaseLostChunks(core.context.db, [chunk]);
  const next = await claimOne(id);
  expect(next.run).toBe(2);
  const before = await everything();
  expect(await runOne(core.context, chunk)).toEqual({ kind: "stale" });
  expect(await everything()).toEqual(before);
  expect(await runOne(core.context, next)).toMatchObject({ kind: "done", failed: {}, partial: {} });
  expect(await runOne(core.context, chunk)).toEqual({ kind: "stale" });
  await advanceBatches(core.context.db);
});

test("a chunk that was never claimed, or does not exist, does not run", async () => {
  const { chunk } = await started();
  await releaseLostChunks(core.context.db, [chunk]);
  expect(await runOne(core.context, chunk)).toEqual({ kind: "stale" });
  expect(await runOne(core.context, { ...chunk, chunkNo: 9 })).toEqual({ kind: "stale" });
  await runReady(core.context);
});

test("a chunk that another process is at work on is held", async () => {
  const { chunk } = await started();
  await inTransaction(core.context.db.pool, async (tx) => {
    await tx.rows(sql`select from chunks where batch_id = ${chunk.batchId} for update`);
    expect(await runOne(core.context, chunk)).toEqual({ kind: "held" });
  });
  expect(await runOne(core.context, chunk)).toMatchObject({ kind: "done" });
  await advanceBatches(core.context.db);
});

test("of one run started four times at once, one has the effect", async () => {
  const { id, shopId, chunk } = await started(people(300));
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => runOne(core.context, chunk)));
  expect(outcomes.filter(({ kind }) => kind === "done").length).toBeGreaterThan(0);
  expect(outcomes.filter(({ kind }) => kind === "stale")).toEqual([]);
  expect((await core.batch(id)).totals).toMatchObject({ rows: 300, succeeded: 300 });
  const [made] = await core.context.db.sql`select count(*)::int as users from users where customer_id = ${shopId}`;
  expect(made).toEqual({ users: 300 });
  expect(await core.audited(id)).toEqual({ create_customer_user: 300 });
  await advanceBatches(core.context.db);
});

// The second has a row without a seat: new users who get all they ask for know one step.
test.each([
  { at: "create", rows: [person("x"), licensed("y", "SPE_E3")], partial: {} },
  { at: "licenses", rows: [licensed("x", "SPE_E3"), licensed("y", "SPE_E3")], partial: { seat_shortage: 1 } },
])("a run that is stopped at the step $at leaves nothing behind", async ({ at, rows, partial }) => {
  const { chunk } = await started(rows);
  const before = await everything();
  const abort = new AbortController();
  const stopping = runChunk(core.context, chunk, abort.signal, (step) => {
    if (step === at) abort.abort();
  });
  await expect(stopping).rejects.toThrow("aborted");
  expect(await everything()).toEqual(before);
  expect(await runOne(core.context, chunk)).toMatchObject({ kind: "done", failed: {}, partial, rows: 2 });
  await advanceBatches(core.context.db);
});

test("the steps are told in their order", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  await core.provision(tenant, [person("old", { city: "Delft" })]);
  const rows = [licensed("new", "SPE_E3"), person("old", { city: "Gouda" })];
  const { id } = await core.plan(tenant, rows, { onExisting: "update" });
  await applyBatch(core.context, admin, id);
  const steps: string[] = [];
  await runChunk(core.context, await claimOne(id), new AbortController().signal, (step) => steps.push(step));
  expect(steps).toEqual(["update", "create", "licenses"]);
  await advanceBatches(core.context.db);
});

test("each batch has a window, so a small one never waits behind a big one", async () => {
  const tenant = await core.makeCustomer();
  const big = await core.plan(tenant, people(7001));
  const small = await core.plan(tenant, [person("small")]);
  await applyBatch(core.context, admin, big.id);
  const alone = await claimChunks(core.context.db, 4);
  expect(alone.map(({ batchNo, chunkNo }) => [batchNo, chunkNo])).toEqual([1, 2, 3, 4].map((no) => [big.no, no]));
  await applyBatch(core.context, admin, small.id);
  expect((await claimChunks(core.context.db, 4)).map(({ batchId }) => batchId)).toEqual([small.id]);
  // Both windows are full, and so is the least window of two chunks.
  expect(await claimChunks(core.context.db, 4)).toEqual([]);
  expect(await claimChunks(core.context.db, 0)).toEqual([]);
  expect((await claimChunks(core.context.db, 100)).map(({ chunkNo }) => chunkNo)).toEqual([5, 6, 7, 8]);
  await core.context.db.sql`update batches set state = 'cancelled' where id in (${big.id}, ${small.id})`;
});

test("two dispatchers at once claim each chunk once", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, people(5001));
  await applyBatch(core.context, admin, batch.id);
  const claims = await Promise.all([1, 2, 3, 4].map(() => claimChunks(core.context.db, 100)));
  expect(claims.flat().map(({ chunkNo, run }) => [chunkNo, run])).toHaveLength(6);
  expect(new Set(claims.flat().map(({ chunkNo }) => chunkNo)).size).toBe(6);
  await core.context.db.sql`update batches set state = 'cancelled' where id = ${batch.id}`;
});

test("a chunk whose job is lost becomes ready again, unless it moved on", async () => {
  const { id, chunk } = await started();
  const { db } = core.context;
  expect((await queuedChunks(core.context.db, 60)).filter(({ batchId }) => batchId === id)).toEqual([]);
  await db.sql`update chunks set queued_at = now() - interval '2 minutes' where batch_id = ${id}`;
  const lost = (await queuedChunks(core.context.db, 60)).filter(({ batchId }) => batchId === id);
  expect(lost).toEqual([{ batchId: id, chunkNo: 1, run: 1, operation: "createUsers" }]);
  await releaseLostChunks(core.context.db, lost);
  const next = await claimOne(id);
  await releaseLostChunks(core.context.db, [chunk]);
  expect(await claimChunks(core.context.db, 10)).toEqual([]);
  expect(await runOne(core.context, next)).toMatchObject({ kind: "done" });
  await releaseLostChunks(core.context.db, [next]);
  expect(await claimChunks(core.context.db, 10)).toEqual([]);
  await advanceBatches(core.context.db);
});

test("a batch whose last chunk ended while a retry made rows ready is not finished", async () => {
  const tenant = await core.makeCustomer();
  const { id } = await core.plan(tenant, people(1001));
  await applyBatch(core.context, admin, id);
  for (const chunk of await claimChunks(core.context.db, 10)) await runOne(core.context, chunk);
  await inTransaction(core.context.db.pool, async (tx) => {
    await tx.rows(sql`select from batches where id = ${id} for update`);
    await tx.rows(sql`update chunks set state = 'ready', pending = 1 where batch_id = ${id} and no = 1`);
    await tx.rows(sql`update batches set plan_version = plan_version + 1 where id = ${id}`);
    // It sees the batch as it was before this transaction, must not wait for it, and must not act on what it saw.
    await advanceBatches(core.context.db);
  });
  expect((await core.batch(id)).state).toBe("running");
  await core.context.db.sql`update batches set state = 'cancelled' where id = ${id}`;
});
