import { afterAll, beforeAll, expect, test } from "vitest";
import { makeLog } from "../../db/log.ts";
import { makeMonitor } from "../../monitor/monitor.ts";
import { openDatabase } from "../../db/open-database.ts";
import type { Database } from "../../db/open-database.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { closeQueues, openQueues } from "../../worker/queues.ts";
import { startPool } from "../../worker/start-pool.ts";
import { eventually } from "../support/eventually.ts";
import { freshDatabase } from "../support/fresh-database.ts";
import type { FreshDatabase } from "../support/fresh-database.ts";
import { chunksOf, endChunk, makeBatch, notify } from "./queue-fixture.ts";

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

test("while Redis is down a worker lives on, keeps its chunks and stops in time", async () => {
  const backend = await openQueueBackend({ db, redisUrl: DEAD_REDIS, log });
  const queues = openQueues(backend);
  const pool = await startPool({
    db,
    backend,
    queues,
    concurrency: 2,
    log,
    monitor: makeMonitor(),
    runChunk: async (target) => endChunk(db, target),
    sweep: async () => ({}),
    deliver: async () => null,
  });
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
  await pool.close(500);
  await closeQueues(queues);
  await backend.close();
  expect(Date.now() - before).toBeLessThan(10_000);
});
