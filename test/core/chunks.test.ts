import { afterAll, beforeAll, expect, test } from "vitest";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import type { QueuedChunk } from "../../core/queued-chunk.ts";
import { beat, stopBeating } from "../../core/batches/run/heartbeat.ts";
import { queuedChunks, releaseLostChunks } from "../../core/batches/run/queued-chunks.ts";
import { runChunk } from "../../core/batches/run/run-chunk.ts";
import { readWorkload } from "../../core/batches/read/read-workload.ts";
import { advanceBatches } from "../../core/batches/run/advance-batches.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { joinInFile, openWindow, runOne, runReady } from "../support/run-batch.ts";
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
  const { id, shopId, chunk } = await started(people(200));
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => runOne(core.context, chunk)));
  expect(outcomes.filter(({ kind }) => kind === "done").length).toBeGreaterThan(0);
  expect(outcomes.filter(({ kind }) => kind === "stale")).toEqual([]);
  expect((await core.batch(id)).totals).toMatchObject({ rows: 200, succeeded: 200 });
  const [made] = await core.context.db.sql`select count(*)::int as users from users where customer_id = ${shopId}`;
  expect(made).toEqual({ users: 200 });
  expect(await core.audited(id)).toEqual({ create_customer_user: 200 });
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

test("each batch has a window, which opens once enough rows have run, so a small one never waits behind a big one", async () => {
  const tenant = await core.makeCustomer();
  const big = await core.plan(tenant, people(7001));
  const small = await core.plan(tenant, [person("small")]);
  await applyBatch(core.context, admin, big.id);
  expect((await claimChunks(core.context.db, 4)).map(({ chunkNo, rowTo }) => [chunkNo, rowTo])).toEqual([[1, 200]]);
  expect(await claimChunks(core.context.db, 4)).toEqual([]);
  await openWindow(core.context.db, big.id);
  const alone = await claimChunks(core.context.db, 4);
  expect(alone.map(({ batchNo, chunkNo }) => [batchNo, chunkNo])).toEqual([2, 3, 4].map((no) => [big.no, no]));
  await applyBatch(core.context, admin, small.id);
  await beat(core.context.db, big.id, 2);
  const windows = async () => (await readWorkload(core.context.db)).windows;
  // The large one has room for two now, and holds four, as it came first; the small one for its first chunk.
  expect(await windows()).toEqual({ total: 3, taken: 4 });
  expect((await claimChunks(core.context.db, 4)).map(({ batchId }) => batchId)).toEqual([small.id]);
  // Both windows are full, and so is the least window of two chunks.
  expect(await claimChunks(core.context.db, 4)).toEqual([]);
  expect(await claimChunks(core.context.db, 0)).toEqual([]);
  await core.context.db.sql`
    update chunks set queued_at = now() - interval '2 minutes' where batch_id = ${big.id} and no = 1`;
  expect(await windows()).toEqual({ total: 4, taken: 3 });
  expect((await claimChunks(core.context.db, 100)).map(({ chunkNo }) => chunkNo)).toEqual([5, 6, 7, 8]);
  expect(await windows()).toEqual({ total: 0, taken: 0 });
  await stopBeating(core.context.db, big.id);
  await core.context.db.sql`update batches set state = 'cancelled' where id in (${big.id}, ${small.id})`;
});

/** Starts one batch with each of these numbers of rows, as one file for many customers. */
async function startFile(sizes: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const rows of sizes) ids.push((await core.plan(await core.makeCustomer(), people(rows))).id);
  await joinInFile(core.context.db, ids);
  for (const id of ids) await applyBatch(core.context, admin, id);
  return ids;
}

const cancelFile = async (ids: readonly string[]) =>
  await core.context.db
    .sql`update batches set state = 'cancelled' where id = any(${[...ids]}::uuid[]) and state = 'running'`;

async function runAll(chunks: readonly QueuedChunk[]): Promise<number> {
  for (const chunk of chunks) await runOne(core.context, chunk);
  return chunks.length;
}

test("until enough rows have run, the window of a file holds as many chunks as runs have ended", async () => {
  const ids = await startFile([...Array.from({ length: 9 }, () => 3), 200, 3, 3, 3, 3]);
  const claimed: number[] = [];
  for (let turn = 0; turn < 5; turn++) claimed.push(await runAll(await claimChunks(core.context.db, 4)));
  expect(claimed).toEqual([1, 1, 2, 4, 4]);
  await cancelFile(ids);
});

test("where the window is not open yet, a chunk that waits for another try gives up its place after ten seconds", async () => {
  const ids = await startFile([3, 3, 3]);
  const [first] = await claimChunks(core.context.db, 4);
  expect(first?.batchId).toBe(ids[0]);
  const age = async (seconds: number) =>
    await core.context.db.sql`
      update chunks set queued_at = now() - make_interval(secs => ${seconds}) where batch_id = ${ids[0] ?? ""}`;
  await age(9);
  expect(await claimChunks(core.context.db, 4)).toEqual([]);
  await age(11);
  expect((await claimChunks(core.context.db, 4)).map(({ batchId }) => batchId)).toEqual([ids[1]]);
  await cancelFile(ids);
});

test("a batch of a file that starts or goes on later leaves the window of the file open", async () => {
  const ids = await startFile([3001, 3]);
  const [big = "", late = ""] = ids;
  await core.context.db.sql`update batches set state = 'ready' where id = ${late}`;
  await openWindow(core.context.db, big);
  await core.context.db.sql`update batches set state = 'running', started_at = now() where id = ${late}`;
  expect(await claimChunks(core.context.db, 4)).toHaveLength(4);
  await cancelFile(ids);
});

test("two dispatchers at once claim each chunk once", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, people(5001));
  await applyBatch(core.context, admin, batch.id);
  await openWindow(core.context.db, batch.id);
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

test("a scheduled batch that cannot begin holds up no other one, nor word of those that have finished", async () => {
  const { db } = core.context;
  const { id: over } = await started();
  const tenant = await core.makeCustomer();
  const scheduled = async () => {
    const { id } = await core.plan(tenant, people(1));
    await applyBatch(core.context, admin, id, { startAt: new Date(Date.now() + 3_600_000) });
    return id;
  };
  const [broken, due] = [await scheduled(), await scheduled()];
  await db.sql`update chunks set state = 'done' where batch_id = ${over}`;
  await db.sql`update batches set start_at = now(), hits = 'null' where id = ${broken}`;
  await db.sql`update batches set start_at = now() where id = ${due}`;
  const finished: string[] = [];
  await expect(advanceBatches(db, (batch) => finished.push(batch.batchId))).rejects.toThrow("null");
  expect(finished).toEqual([over]);
  expect((await core.batch(due)).state).toBe("running");
  await db.sql`update batches set state = 'cancelled' where id = any(${[broken, due]})`;
});

test("a batch whose last chunk ended while a retry made rows ready is not finished", async () => {
  const tenant = await core.makeCustomer();
  const { id } = await core.plan(tenant, people(1001));
  await applyBatch(core.context, admin, id);
  await openWindow(core.context.db, id);
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
