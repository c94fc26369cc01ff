import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { BatchState } from "../../contract/batch.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { cancelBatch } from "../../core/batches/run/cancel-batch.ts";
import { changeBatch } from "../../core/batches/edit/change-batch.ts";
import { changeRows } from "../../core/batches/edit/change-rows.ts";
import { pauseBatch, resumeBatch } from "../../core/batches/run/pause-batch.ts";
import { retryBatch, retryChunk } from "../../core/batches/run/retry-batch.ts";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import { advanceBatches } from "../../core/batches/run/advance-batches.ts";
import { submitRows } from "../../core/batches/submit/submit-rows.ts";
import { newId } from "../../db/new-id.ts";
import { openWindow, runBatch, runOne, runReady } from "../support/run-batch.ts";
import { admin, bothDefaults, openTestCore, people, person, problemOf, refusal, type TestCore } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterEach(() => core.resetClock());
afterAll(() => core.close());

async function planned(rows = people(2)): Promise<string> {
  const tenant = await core.makeCustomer();
  return (await core.plan(tenant, rows)).id;
}

async function state(batchId: string): Promise<BatchState> {
  return (await core.batch(batchId)).state;
}

async function chunkStates(batchId: string): Promise<string[]> {
  const chunks = await core.context.db.sql<{ state: string }[]>`
    select state from chunks where batch_id = ${batchId} order by no`;
  return chunks.map((chunk) => chunk.state);
}

async function acts(batchId: string): Promise<string[]> {
  const records = await core.context.db.sql<{ operation: string }[]>`
    select operation from audit where batch_id = ${batchId} and row_no is null and actor_id = ${admin.id} order by id`;
  return records.map((record) => record.operation);
}

test("a batch goes from ready over running to finished", async () => {
  const id = await planned();
  expect(await core.batch(id)).toMatchObject({
    state: "ready",
    startedAt: null,
    finishedAt: null,
    rowsPerSecond: null,
  });
  await applyBatch(core.context, admin, id);
  expect(await core.batch(id)).toMatchObject({ state: "running", finishedAt: null });
  const ended = await runBatch(core.context, id);
  expect(ended).toMatchObject({ state: "finished", etaSeconds: null });
  expect(ended.finishedAt).not.toBeNull();
  expect(ended.rowsPerSecond).toBeGreaterThan(0);
  expect(await acts(id)).toEqual(["apply_batch"]);
});

test("the time that a batch was paused is not part of its rate", async () => {
  const id = await planned(people(3000));
  await applyBatch(core.context, admin, id);
  const { sql } = core.context.db;
  await pauseBatch(core.context, admin, id);
  await sql`update batches set started_at = now() - interval '101 hours', paused_at = now() - interval '100 hours'
    where id = ${id}`;
  await sql`update chunks set succeeded = 1000, pending = 0, state = 'done' where batch_id = ${id} and no = 2`;
  const rate = 0.3; // a thousand rows an hour
  expect((await core.batch(id)).rowsPerSecond).toBe(rate);
  await resumeBatch(core.context, admin, id);
  const resumed = await core.batch(id);
  expect(resumed.rowsPerSecond).toBe(rate);
  expect(resumed.etaSeconds).toBeCloseTo(7200, -2);
  await cancelBatch(core.context, admin, id);
});

test("a plan that moved since the agent looked is not started", async () => {
  const id = await planned([person("a"), person("x@unverified.example")]);
  expect(await refusal(applyBatch(core.context, admin, id, { planVersion: 2 }))).toBe("plan_changed");
  expect(await state(id)).toBe("ready");
  await applyBatch(core.context, admin, id, { planVersion: 1 });
  expect(await state(id)).toBe("running");
  await runReady(core.context);
});

test("a plan in which every row fails is not started, now or later, until a row is mended", async () => {
  const tenant = await core.makeCustomer();
  const { id } = await core.plan(tenant, [person("x@other.example"), person("bo", { usageLocation: "Marsland" })]);
  expect(await problemOf(applyBatch(core.context, admin, id))).toMatchObject({
    code: "plan_without_rows",
    batchId: id,
  });
  const startAt = new Date(Date.now() + 3_600_000);
  expect(await problemOf(applyBatch(core.context, admin, id, { startAt }))).toMatchObject({
    code: "plan_without_rows",
  });
  const later = { startAt: startAt.toISOString() };
  expect(await problemOf(changeBatch(core.context, admin, id, later))).toMatchObject({ code: "plan_without_rows" });
  expect(await core.batch(id)).toMatchObject({ state: "ready", startAt: null });
  await changeRows(core.context, admin, id, [{ rowNo: 2, values: { usageLocation: "NL" } }]);
  expect((await core.apply(id)).totals).toMatchObject({ succeeded: 1, failed: 1 });
});

test("a plan of users who are as the file says is started, though it changes nothing", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("anna")]);
  const { id } = await core.plan(tenant, [person("anna")]);
  await applyBatch(core.context, admin, id);
  expect((await core.batch(id)).state).toBe("running");
});

test("rows given as JSON start at once where asked to", async () => {
  const tenant = await core.makeCustomer();
  const request = {
    customerId: tenant.id,
    operation: "createUsers",
    source: "single",
    rows: people(1),
    options: bothDefaults,
  } as const;
  const { batchId } = await submitRows(core.context, admin, request, { apply: true });
  expect(await state(batchId)).toBe("running");
  expect(await runBatch(core.context, batchId)).toMatchObject({ state: "finished", totals: { succeeded: 1 } });
});

test("a batch for later starts when its time has come", async () => {
  const id = await planned();
  core.passDays(-1);
  const startAt = new Date(core.context.now().getTime() + 3_600_000);
  await applyBatch(core.context, admin, id, { startAt });
  expect(await core.batch(id)).toMatchObject({ state: "scheduled", startAt: startAt.toISOString(), startedAt: null });
  expect(await claimChunks(core.context.db, 10)).toEqual([]);
  // An hour after yesterday is past for the database, whose clock starts batches.
  await advanceBatches(core.context.db);
  expect(await state(id)).toBe("running");
  expect(await runBatch(core.context, id)).toMatchObject({ state: "finished", totals: { succeeded: 2 } });
});

test("a batch for tomorrow does not start today", async () => {
  const id = await planned();
  await applyBatch(core.context, admin, id, { startAt: new Date(Date.now() + 86_400_000) });
  await runReady(core.context);
  expect(await state(id)).toBe("scheduled");
  await cancelBatch(core.context, admin, id);
  expect(await state(id)).toBe("cancelled");
});

test("a start in the past is a start now", async () => {
  const id = await planned();
  await applyBatch(core.context, admin, id, { startAt: new Date(Date.now() - 1000) });
  expect(await core.batch(id)).toMatchObject({ state: "running", startAt: null });
  await runReady(core.context);
});

test("a paused batch starts no chunk, puts back those on their way, and goes on where it was", async () => {
  const id = await planned(people(2001));
  await applyBatch(core.context, admin, id);
  await openWindow(core.context.db, id);
  const [first, second] = await claimChunks(core.context.db, 2);
  if (first === undefined || second === undefined) throw new Error("two chunks were expected");
  await runOne(core.context, first);
  await pauseBatch(core.context, admin, id);
  expect(await runOne(core.context, second)).toEqual({ kind: "stale" });
  expect(await chunkStates(id)).toEqual(["done", "ready", "ready"]);
  expect(await runReady(core.context)).toEqual([]);
  expect(await core.batch(id)).toMatchObject({ state: "paused", totals: { succeeded: 200, pending: 1801 } });
  await resumeBatch(core.context, admin, id);
  expect((await runReady(core.context)).map(({ chunk }) => [chunk.chunkNo, chunk.run])).toEqual([
    [2, 2],
    [3, 1],
  ]);
  expect(await core.batch(id)).toMatchObject({ state: "finished", totals: { succeeded: 2001 } });
  expect(await acts(id)).toEqual(["apply_batch", "pause_batch", "resume_batch"]);
});

test("a cancelled batch keeps what was done and marks the rest", async () => {
  const id = await planned([...people(400), person("x@unverified.example")]);
  await applyBatch(core.context, admin, id);
  await openWindow(core.context.db, id);
  const [first, second] = await claimChunks(core.context.db, 2);
  if (first === undefined || second === undefined) throw new Error("two chunks were expected");
  await runOne(core.context, first);
  await cancelBatch(core.context, admin, id);
  expect(await runOne(core.context, second)).toMatchObject({ kind: "done", failed: {}, partial: {} });
  expect(await runReady(core.context)).toEqual([]);
  const ended = await core.batch(id);
  expect(ended).toMatchObject({
    state: "cancelled",
    totals: { rows: 401, succeeded: 200, cancelled: 200, failed: 1, pending: 0 },
  });
  expect(ended.finishedAt).not.toBeNull();
  expect(await core.rows(id, { state: "cancelled", limit: 500 })).toHaveLength(200);
  expect(await core.row(id, 1).then((row) => row.state)).toBe("succeeded");
  expect(await acts(id)).toEqual(["apply_batch", "cancel_batch"]);
});

test("a batch cancelled before its start makes nobody", async () => {
  const id = await planned();
  await cancelBatch(core.context, admin, id);
  expect(await core.batch(id)).toMatchObject({ state: "cancelled", totals: { rows: 2, cancelled: 2 } });
  expect(await chunkStates(id)).toEqual(["done"]);
});

type Act = "apply" | "pause" | "resume" | "cancel" | "retry" | "retryChunk";

function doIt(act: Act, id: string): Promise<unknown> {
  const { context } = core;
  switch (act) {
    case "apply":
      return applyBatch(context, admin, id);
    case "pause":
      return pauseBatch(context, admin, id);
    case "resume":
      return resumeBatch(context, admin, id);
    case "cancel":
      return cancelBatch(context, admin, id);
    case "retry":
      return retryBatch(context, admin, id, {});
    case "retryChunk":
      return retryChunk(context, admin, id, 1);
    default:
      return act satisfies never;
  }
}

const allowed: Record<BatchState, Act[]> = {
  staging: ["cancel"],
  ready: ["apply", "cancel"],
  awaiting_approval: ["cancel"],
  scheduled: ["cancel"],
  running: ["pause", "cancel", "retry", "retryChunk"],
  paused: ["resume", "cancel", "retry", "retryChunk"],
  finished: ["retry", "retryChunk"],
  cancelled: ["retry", "retryChunk"],
  rejected: [],
};
const everyAct: Act[] = ["apply", "pause", "resume", "cancel", "retry", "retryChunk"];

test.each(Object.entries(allowed))("a batch that is %s takes only what makes sense then", async (inState, takes) => {
  const id = await planned([person("a"), person("x@unverified.example")]);
  for (const act of everyAct) {
    await core.context.db.sql`update batches set state = ${inState} where id = ${id}`;
    const refused = await doIt(act, id).then(
      () => null,
      () => refusal(doIt(act, id)),
    );
    expect([act, refused]).toEqual([act, takes.includes(act) ? null : "batch_state"]);
  }
  await core.context.db.sql`update batches set state = 'rejected' where id = ${id}`;
});

test.each(everyAct)("to %s a batch that does not exist is refused", async (act) => {
  expect(await refusal(doIt(act, newId()))).toBe("not_found");
});
