import { afterAll, beforeAll, expect, test } from "vitest";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import { resumeBatch } from "../../core/batches/run/pause-batch.ts";
import { tripBatch } from "../../core/batches/run/trip-batch.ts";
import type { CauseCode } from "../../contract/codes.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { makeLog } from "../../db/log.ts";
import { joinInFile, runBatch, runOne } from "../support/run-batch.ts";
import { admin, openTestCore, people, type TestCore, upn } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

/** A plan of `rows` new users, of whom `taken` have lost their names to others since. */
async function planOf(rows: number, taken: readonly number[]): Promise<{ id: string }> {
  const tenant = await core.makeCustomer();
  const { id } = await core.plan(tenant, people(rows));
  await takeNames(tenant, taken);
  await applyBatch(core.context, admin, id);
  return { id };
}

async function takeNames(tenant: { id: string; domain: string }, taken: readonly number[]): Promise<void> {
  await core.context.db.sql`
    insert into users (id, customer_id, user_principal_name, display_name)
    select gen_random_uuid(), ${tenant.id}, 'u' || no || '@' || ${tenant.domain}::text, 'Somebody else'
    from unnest(${[...taken]}::int[]) no`;
}

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, at) => from + at);
const trips = async (batchId: string) =>
  await core.context.db.sql<{ after: object; actor: string }[]>`
    select after, actor_name as actor from audit where batch_id = ${batchId} and operation = 'trip_batch'`;

test("of a batch whose rows all fail by one cause 200 are tried, and the rest once it is resumed", async () => {
  const { id } = await planOf(900, upTo(900));
  const [first, ...others] = await claimChunks(core.context.db, 8);
  expect(others).toEqual([]);
  await runOne(core.context, first!);
  expect(await core.batch(id)).toMatchObject({ state: "paused", totals: { failed: 200, pending: 700 } });
  await resumeBatch(core.context, admin, id);
  expect(await runBatch(core.context, id)).toMatchObject({ state: "finished", totals: { failed: 900 } });
});

test("a row that the plan has refused does not let the rest of a first chunk pass", async () => {
  const tenant = await core.makeCustomer();
  const csv = `User name,Display name\n${upTo(900)
    .map((no) => `${upn(tenant, no === 7 ? "bad 7" : `u${no}`)},One\n`)
    .join("")}`;
  const { id } = await core.upload(tenant, csv);
  await takeNames(tenant, upTo(900));
  await applyBatch(core.context, admin, id);
  const [first] = await claimChunks(core.context.db, 8);
  await runOne(core.context, first!);
  const paused = await core.batch(id);
  expect(paused).toMatchObject({ state: "paused", totals: { failed: 200, pending: 700 } });
  expect(paused.stopped?.message).toMatch(/^199 of the last 199 rows failed/);
});

test("a batch pauses where one cause makes most rows of a chunk fail, and goes on when it is resumed", async () => {
  const { id } = await planOf(3000, [...upTo(600, 201), ...upTo(800, 1201)]);
  const [opening] = await claimChunks(core.context.db, 2);
  await runOne(core.context, opening!);
  const [first, second] = await claimChunks(core.context.db, 2);
  expect(await runOne(core.context, first!)).toMatchObject({ kind: "done" });
  const paused = await core.batch(id);
  expect(paused).toMatchObject({ state: "paused", stopped: { code: "upn_taken" }, totals: { failed: 600 } });
  expect(paused.stopped?.message).toMatch(
    /^600 of the last 1,000 rows failed by one cause: The username belongs to another user/,
  );
  expect(await runOne(core.context, second!)).toEqual({ kind: "stale" });
  expect(await trips(id)).toMatchObject([{ actor: "Muster", after: { code: "upn_taken", rows: 600, of: 1000 } }]);

  await resumeBatch(core.context, admin, id);
  expect((await core.batch(id)).stopped).toBeNull();
  expect(await runBatch(core.context, id)).toMatchObject({
    state: "finished",
    totals: { succeeded: 1600, failed: 1400 },
  });
  expect(await trips(id)).toHaveLength(1);
});

test("a run counts as a whole: a cause that sets in at its end pauses the batch with the next one", async () => {
  const { id } = await planOf(3000, upTo(1200, 1001));
  for (const failed of [0, 200]) {
    const [chunk] = await claimChunks(core.context.db, 1);
    await runOne(core.context, chunk!);
    expect(await core.batch(id)).toMatchObject({ state: "running", totals: { failed } });
  }
  const [next] = await claimChunks(core.context.db, 1);
  await runOne(core.context, next!);
  const paused = await core.batch(id);
  expect(paused).toMatchObject({ state: "paused", totals: { failed: 1200, pending: 800 } });
  expect(paused.stopped?.message).toMatch(/^1,000 of the last 1,000 rows failed/);
});

test("most are more than half", async () => {
  const { id } = await planOf(400, upTo(101));
  const [first] = await claimChunks(core.context.db, 1);
  await runOne(core.context, first!);
  expect((await core.batch(id)).stopped?.message).toMatch(/^101 of the last 200 rows failed/);
});

test("small batches, last chunks and scattered failures never trip", async () => {
  for (const [rows, taken] of [
    [99, upTo(99)],
    [200, upTo(200)],
    [2000, upTo(100)],
  ] as const) {
    const { id } = await planOf(rows, taken);
    expect((await runBatch(core.context, id)).state).toBe("finished");
    expect(await trips(id)).toEqual([]);
  }
});

test("rows of a file for many customers count together, and pause all its batches", async () => {
  const batches = [await planOf(60, upTo(60)), await planOf(60, upTo(60)), await planOf(120, [])];
  const ids = batches.map(({ id }) => id);
  const lines: string[] = [];
  const log = makeLog("info", { write: (line) => void lines.push(line) });
  await joinInFile(core.context.db, ids);
  for (const id of ids.slice(0, 2)) {
    const [chunk] = await claimChunks(core.context.db, 1);
    expect(chunk?.batchId).toBe(id);
    await runOne({ ...core.context, log }, chunk!);
  }
  const [first, second, third] = await Promise.all(ids.map((id) => core.batch(id)));
  expect([first?.state, second?.state]).toEqual(["finished", "finished"]);
  expect(third).toMatchObject({ state: "paused", stopped: { code: "upn_taken" }, totals: { pending: 120 } });
  expect(third?.stopped?.message).toMatch(/^120 of the last 120 rows of the file failed by one cause/);
  expect(await trips(ids[2] ?? "")).toHaveLength(1);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: "info", msg: "batch paused", batchId: ids[2], actor: "system", code: "upn_taken" },
  ]);
  await resumeBatch(core.context, admin, ids[2] ?? "");
  expect(await runBatch(core.context, ids[2] ?? "")).toMatchObject({ state: "finished", totals: { succeeded: 120 } });
});

test("what the plan has told is no surprise", async () => {
  const tenant = await core.makeCustomer();
  const csv = `User name,Display name\n${upTo(1500)
    .map((no) => (no <= 900 ? `${upn(tenant, `bad ${no}`)},Bad\n` : `${upn(tenant, `u${no}`)},Good\n`))
    .join("")}`;
  const { id, plan } = await core.upload(tenant, csv);
  expect(plan).toMatchObject({ invalid: 900, create: 600 });
  expect(await core.apply(id)).toMatchObject({ state: "finished", totals: { succeeded: 600, failed: 900 } });
});

test("rows of several chunks count together, and a batch that was resumed starts to count anew", async () => {
  const tenant = await core.makeCustomer();
  // Of each chunk the plan refuses all rows but 75.
  const csv = `User name,Display name\n${upTo(5000)
    .map((no) => (no % 1000 >= 75 ? `${upn(tenant, `bad ${no}`)},Bad\n` : `${upn(tenant, `u${no}`)},Good\n`))
    .join("")}`;
  const { id } = await core.upload(tenant, csv);
  await takeNames(tenant, upTo(5000));
  await applyBatch(core.context, admin, id);
  const runNext = async () => {
    const [chunk] = await claimChunks(core.context.db, 1);
    expect(await runOne(core.context, chunk!)).toMatchObject({ kind: "done" });
    return await core.batch(id);
  };
  expect((await runNext()).state).toBe("running");
  const paused = await runNext();
  expect(paused).toMatchObject({ state: "paused", stopped: { code: "upn_taken" } });
  expect(paused.stopped?.message).toMatch(/^149 of the last 149 rows failed/);

  await resumeBatch(core.context, admin, id);
  // As if no agent had let it go on in spite of this cause.
  await core.context.db.sql`update batches set accepted_causes = '{}' where id = ${id}`;
  expect((await runNext()).state).toBe("running");
  expect((await runNext()).stopped?.message).toMatch(/^150 of the last 150 rows failed/);
});

test("seats that ran out trip nothing, as the plan has told of them", async () => {
  const { id } = await planOf(1001, []);
  const failed = async (code: CauseCode) => {
    await core.context.db.sql`
      insert into chunk_runs (batch_id, chunk_no, ended_at, succeeded, unchanged, partial, failed, causes)
      values (${id}, 1, now(), 100, 0, 0, 300, jsonb_build_object(${code}::text, 300))`;
    await inTransaction(core.context.db.pool, (tx) => tripBatch(tx, id));
    return await core.batch(id);
  };
  expect((await failed("seat_shortage")).state).toBe("running");
  expect((await failed("upn_taken")).stopped?.message).toMatch(/^300 of the last 400 rows/);
});
