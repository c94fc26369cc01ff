import { EventEmitter, once } from "node:events";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Job } from "bullmq";
import type { FinishedBatch } from "../../core/batches/run/finished-batch.ts";
import { TransientFault } from "../../db/faults.ts";
import { makeLog } from "../../db/log.ts";
import { newId } from "../../db/new-id.ts";
import { outageOf } from "../../db/outage.ts";
import type { RunChunk } from "../../worker/process-chunk.ts";
import type { Pool } from "../../worker/start-pool.ts";
import { eventually } from "../support/eventually.ts";
import { chunksOf, endChunk, isFinished, makeBatch, notify, openQueueFixture, wellDone } from "./queue-fixture.ts";
import type { QueueFixture } from "./queue-fixture.ts";

let fixture: QueueFixture;
let pool: Pool;

beforeAll(async () => {
  fixture = await openQueueFixture();
});

afterEach(() => pool.close(1_000));

afterAll(() => fixture.close());

async function start(runChunk: RunChunk): Promise<string> {
  pool = await fixture.startPool({ runChunk });
  const batchId = await makeBatch(fixture.db, 1);
  await notify(fixture.db);
  return batchId;
}

async function jobOf(batchId: string): Promise<Job> {
  return await eventually(async () => {
    const job: Job | undefined = await fixture.queues["user-creation"].getJob(`${batchId}-1-1`);
    if (!job) throw new Error("The job is not there yet");
    return job;
  });
}

async function jobIn(state: string, batchId: string): Promise<Job> {
  await eventually(async () => {
    const job = await jobOf(batchId);
    expect(await job.getState()).toBe(state);
  });
  // Read once more: the job asked for its state may have been read before it came into it.
  return await jobOf(batchId);
}

test("a chunk that another worker holds waits a second and spends no attempt", async () => {
  const runs: number[] = [];
  const batchId = await start(async (target) => {
    runs.push(Date.now());
    return runs.length === 1 ? { kind: "held" } : endChunk(fixture.db, target);
  });
  const job = await jobIn("completed", batchId);
  const [first = 0, second = 0] = runs;
  expect(runs).toHaveLength(2);
  expect(second - first).toBeGreaterThanOrEqual(900);
  expect(second - first).toBeLessThan(10_000);
  expect(job.attemptsMade).toBeLessThanOrEqual(1);
});

test("a chunk that a full database refuses is tried until it is done; that is told once, and once more when it is", async () => {
  const lines: string[] = [];
  const log = makeLog("info", { write: (line) => lines.push(line) });
  let tries = 0;
  pool = await fixture.startPool({
    db: { ...fixture.db, outage: outageOf(log, "Postgres", fixture.url) },
    log,
    runChunk: async (target) => {
      tries += 1;
      if (tries < 3) throw new TransientFault("53100");
      return endChunk(fixture.db, target);
    },
  });
  const batchId = await makeBatch(fixture.db, 1);
  await notify(fixture.db);
  await eventually(() => isFinished(fixture.db, batchId));
  const told = lines.map((line) => JSON.parse(line) as { level: string; store?: string });
  expect(told.filter(({ level, store }) => level !== "info" || store !== undefined)).toMatchObject([
    { level: "warn", store: "Postgres", reason: "53100" },
    { level: "info", store: "Postgres" },
  ]);
  expect(tries).toBe(3);
});

test("a batch that ends along with its only chunk wakes the dispatcher where it is of a file", async () => {
  const ran: number[] = [];
  pool = await fixture.startPool({
    runChunk: async (target) => {
      ran.push(Date.now());
      await endChunk(fixture.db, target);
      const { batchId } = target;
      const [finished] = await fixture.db.sql<FinishedBatch[]>`
        update batches set state = 'finished', finished_at = now() where id = ${batchId}
        returning id as "batchId", bundle_id as "bundleId"`;
      return { ...wellDone, finished: finished ?? null };
    },
  });
  const ids = await Promise.all(Array.from({ length: 24 }, () => makeBatch(fixture.db, 1)));
  await fixture.db.sql`
    with file as (
      insert into bundles (id, operation, header, columns, options, notes, rows, refused, actor_id, actor_name)
      values (${newId()}, 'createUsers', '{}', '{}', '{}', '{}', 24, 0, 'agent', 'Agent') returning id
    ) update batches set bundle_id = file.id from file where batches.id = any(${ids}::uuid[])`;
  await notify(fixture.db);
  await eventually(() => expect(ran).toHaveLength(24));
  // Its room in the queue is four: without it, each four would wait for the next look two seconds later.
  expect(Math.max(...ran) - Math.min(...ran)).toBeLessThan(6_000);
});

test("a chunk with failed rows fails its job at once, with the counts by cause", async () => {
  let runs = 0;
  const batchId = await start(async (target) => {
    runs += 1;
    await endChunk(fixture.db, target);
    return { ...wellDone, failed: { upn_taken: 2, user_gone: 5 }, partial: { seat_shortage: 3 } };
  });
  const job = await jobIn("failed", batchId);
  expect(job.failedReason).toBe("7 of 1000 rows failed: 5 user_gone, 2 upn_taken; 3 ended in part: 3 seat_shortage");
  expect(job.stacktrace).toEqual([]);
  await eventually(() => isFinished(fixture.db, batchId));
  expect(runs).toBe(1);
});

test("a fault that passes is retried, soon at first, until the chunk is done", async () => {
  let runs = 0;
  const batchId = await start(async (target) => {
    runs += 1;
    if (runs < 3) throw new TransientFault("40P01");
    return endChunk(fixture.db, target);
  });
  await eventually(() => isFinished(fixture.db, batchId));
  expect(runs).toBe(3);
  const job = await jobIn("completed", batchId);
  expect(await job.isFailed()).toBe(false);
  expect(await chunksOf(fixture.db, batchId)).toEqual([{ no: 1, state: "done", run: 1 }]);
});

test("what a job fails with never names a person, whatever was thrown", async () => {
  const secret = "zoe.planted@contoso.example";
  const thrown = [
    new Error(`duplicate key value: ${secret}`),
    Object.assign(new TypeError(secret), { code: "ERR_PLANTED" }),
    Object.assign(new Error(secret), {
      code: "23505",
      severity: "ERROR",
      constraint: "users_active_upn",
      detail: secret,
    }),
    secret,
  ];
  const reasons = new Set<string>();
  let runs = 0;
  const batchId = await start(async (target) => {
    // A reason stands only until the job fails again: each is seen before. The last one says what the first one said.
    await eventually(() => reasons.size >= Math.min(runs, 3));
    runs += 1;
    const next = thrown.shift();
    if (next === undefined) return endChunk(fixture.db, target);
    throw next;
  });
  await eventually(
    async () => {
      const job = await jobOf(batchId);
      expect(JSON.stringify(job.asJSON())).not.toContain("planted");
      if (job.failedReason) reasons.add(job.failedReason);
      return isFinished(fixture.db, batchId);
    },
    { timeoutMs: 30_000 },
  );
  expect([...reasons]).toEqual(
    ["Error", "TypeError ERR_PLANTED", "DatabaseFault 23505 users_active_upn", "Error"].slice(0, 3),
  );
});

test("a job whose run is over ends as done and changes nothing", async () => {
  const batchId = await start(async () => ({ kind: "stale" }));
  expect((await jobIn("completed", batchId)).attemptsMade).toBe(1);
  expect(await chunksOf(fixture.db, batchId)).toEqual([{ no: 1, state: "queued", run: 1 }]);
  await fixture.db.sql`update chunks set state = 'done' where batch_id = ${batchId}`;
});

test("a chunk that takes its time shows its steps, and a short one costs no report", async () => {
  const looked = new EventEmitter();
  const batchId = await start(async (target, _signal, onStep) => {
    onStep("update");
    setTimeout(() => onStep("licenses"), 80);
    await once(looked, "done");
    return endChunk(fixture.db, target);
  });
  await eventually(async () => {
    expect((await jobOf(batchId)).progress).toEqual({ step: "licenses", progress: 70 });
  });
  looked.emit("done");
  await pool.close(1_000);
  const short = await start((target) => endChunk(fixture.db, target));
  expect((await jobIn("completed", short)).progress).toBe(0);
});

test("the job of a chunk's earlier run goes when the chunk is queued again", async () => {
  const faulty = { ...wellDone, failed: { upn_taken: 1 } };
  const batchId = await start(async (target) => {
    await endChunk(fixture.db, target);
    return target.run < 3 ? faulty : wellDone;
  });
  await jobIn("failed", batchId);
  const queue = fixture.queues["user-creation"];
  const own = async () => {
    const jobs = await queue.getJobs(["completed", "failed"]);
    return jobs.map(({ id }) => id).filter((id) => id?.startsWith(batchId));
  };
  for (const run of [2, 3]) {
    await fixture.db.sql`update batches set state = 'running' where id = ${batchId}`;
    await fixture.db.sql`update chunks set state = 'ready' where batch_id = ${batchId}`;
    await notify(fixture.db);
    await eventually(async () => expect(await own()).toEqual([`${batchId}-1-${run}`]));
  }
  expect((await queue.getFailed()).filter(({ id }) => id?.startsWith(batchId))).toEqual([]);
});
