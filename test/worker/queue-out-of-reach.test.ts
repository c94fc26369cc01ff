import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Log, makeLog } from "../../db/log.ts";
import { makeMonitor } from "../../monitor/monitor.ts";
import { openDatabase } from "../../db/open-database.ts";
import type { Database } from "../../db/open-database.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { closeQueues, openQueues } from "../../worker/queues.ts";
import { startPool } from "../../worker/start-pool.ts";
import { canRun } from "../support/can-run.ts";
import { eventually } from "../support/eventually.ts";
import { freshDatabase } from "../support/fresh-database.ts";
import type { FreshDatabase } from "../support/fresh-database.ts";
import { redisLack, startRedis } from "../support/redis-server.ts";
import { chunksOf, endChunk, isFinished, makeBatch, notify } from "./queue-fixture.ts";

// Nothing listens there, whatever backend this run has.
const DEAD_REDIS = "redis://127.0.0.1:1";

const log = makeLog("silent");
let fresh: FreshDatabase;
let db: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase(fresh.url, { role: "worker", poolSize: 4, log });
});

afterAll(async () => {
  await db.close();
  await fresh.drop();
});

/** Starts a worker whose queue is on that Redis; gives what stops it. */
async function startWorker(redisUrl: string, logTo: Log): Promise<() => Promise<void>> {
  const backend = await openQueueBackend({ db, redisUrl, log: logTo });
  const queues = openQueues(backend);
  const pool = await startPool({
    db,
    backend,
    queues,
    concurrency: 2,
    log: logTo,
    monitor: makeMonitor(),
    runChunk: async (target) => endChunk(db, target),
    sweep: async () => ({}),
    deliver: async () => null,
  });
  return async () => {
    await pool.close(500);
    await closeQueues(queues);
    await backend.close();
  };
}

test("while Redis is down a worker lives on, keeps its chunks and stops in time", async () => {
  const close = await startWorker(DEAD_REDIS, log);
  const batchId = await makeBatch(db, 1);
  await notify(db);
  await eventually(async () => {
    expect(await chunksOf(db, batchId)).toEqual([{ no: 1, state: "queued", run: 1 }]);
  });
  const [started] = await db.sql<{ seenAt: Date }[]>`select seen_at as "seenAt" from workers`;
  await eventually(async () => {
    const [worker] = await db.sql<{ seenAt: Date }[]>`select seen_at as "seenAt" from workers`;
    expect(worker?.seenAt.getTime()).toBeGreaterThan(started?.seenAt.getTime() ?? Infinity);
  });

  const before = Date.now();
  await close();
  expect(Date.now() - before).toBeLessThan(10_000);
});

const lack = redisLack();

test.runIf(canRun(lack === null, lack ?? "", "npx vitest run test/worker/queue-out-of-reach.test.ts"))(
  "a Redis that has no room is told of once, however often a chunk is put there, and once when it takes it",
  async () => {
    const redis = await startRedis();
    const lines: string[] = [];
    const told = () => lines.map((line) => JSON.parse(line) as { level: string; msg: string; store?: string });
    const close = await startWorker(redis.url, makeLog("debug", { write: (line) => lines.push(line) }));
    const settings = new Redis(redis.url);
    await settings.config("SET", "maxmemory", "1");
    const batchId = await makeBatch(db, 1);
    await notify(db);
    await eventually(() => expect(told().filter(({ msg }) => msg.startsWith("dispatch failed"))).toHaveLength(2), {
      timeoutMs: 30_000,
    });
    await settings.config("SET", "maxmemory", "0");
    await eventually(() => isFinished(db, batchId), { timeoutMs: 30_000 });
    expect(told().filter(({ level, store }) => level === "warn" || store !== undefined)).toMatchObject([
      { level: "warn", store: "Redis", reason: "OOM" },
      { level: "info", store: "Redis" },
    ]);
    settings.disconnect();
    await close();
    await redis.stop();
  },
);
