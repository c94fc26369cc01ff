import { queueNames } from "../../contract/operations.ts";
import type { ChunkOutcome } from "../../core/batches/run/run-chunk.ts";
import { makeLog } from "../../db/log.ts";
import { newId } from "../../db/new-id.ts";
import { openDatabase } from "../../db/open-database.ts";
import type { Database } from "../../db/open-database.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import type { QueueBackend } from "../../worker/queue-backend.ts";
import { closeQueues, openQueues } from "../../worker/queues.ts";
import type { Queues } from "../../worker/queues.ts";
import { makeMonitor } from "../../monitor/monitor.ts";
import { startPool } from "../../worker/start-pool.ts";
import type { Pool, PoolOptions } from "../../worker/start-pool.ts";
import { freshDatabase } from "../support/fresh-database.ts";
import { openWindow } from "../support/run-batch.ts";
import { redisUrl } from "../support/queue-backends.ts";

/** A database of one's own with a queue of one's own, on the backend of this test run. */
export type QueueFixture = {
  url: string;
  db: Database;
  backend: QueueBackend;
  queues: Queues;
  /** Starts a pool of two slots that finishes every chunk at once, unless told otherwise; closed with the fixture. */
  startPool(options?: Partial<PoolOptions>): Promise<Pool>;
  close(): Promise<void>;
};

const log = makeLog("silent");
const sweep = async (): Promise<Record<string, number>> => ({});

export async function openQueueFixture(): Promise<QueueFixture> {
  const fresh = await freshDatabase();
  const db = openDatabase(fresh.url, { role: "worker", poolSize: 6, log });
  const backend = await openQueueBackend({ db, redisUrl, log });
  const queues = openQueues(backend);
  const pools: Pool[] = [];
  return {
    url: fresh.url,
    db,
    backend,
    queues,
    async startPool(options = {}) {
      const runChunk: PoolOptions["runChunk"] = async (target) => endChunk(db, target);
      const own = {
        db,
        backend,
        queues,
        concurrency: 2,
        runChunk,
        sweep,
        deliver: async () => null,
        monitor: makeMonitor(),
        log,
      };
      const pool = await startPool({ ...own, ...options });
      pools.push(pool);
      return pool;
    },
    async close() {
      await Promise.all(pools.map((pool) => pool.close(2_000)));
      await Promise.all(queueNames.map((name) => queues[name].obliterate({ force: true })));
      await closeQueues(queues);
      await backend.close();
      await db.close();
      await fresh.drop();
    },
  };
}

/** Writes a running batch of `chunks` ready chunks of 1,000 rows each, whose window is open. */
export async function makeBatch(db: Database, chunks: number, domain = `${newId()}.example`): Promise<string> {
  const [customerId, batchId] = [newId(), newId()];
  await db.sql`
    with customer as (
      insert into customers (id, name) values (${customerId}, 'Contoso')
    ), domain as (
      insert into domains (name, customer_id, is_default) values (${domain}, ${customerId}, true)
    ), batch as (
      insert into batches (id, customer_id, operation, source, options, state, plan, actor_id, actor_name, started_at)
      values (${batchId}, ${customerId}, 'createUsers', 'json', '{}', 'running', '{}', 'agent', 'Agent', now())
    )
    insert into chunks (batch_id, no, row_from, row_to, state, pending)
    select ${batchId}, no, no * 1000 - 999, no * 1000, 'ready', 1000 from generate_series(1, ${chunks}::int) no`;
  await openWindow(db, batchId);
  return batchId;
}

/** What a run of a chunk gives whose rows have all succeeded. */
export const wellDone = {
  kind: "done",
  operation: "createUsers",
  rows: 1000,
  failed: {},
  partial: {},
  ended: [{ outcome: "succeeded", cause: null, rows: 1000 }],
  finished: null,
} satisfies ChunkOutcome;

/** What a run of a chunk comes down to for the queue: the chunk is done, unless it is on another run. */
export async function endChunk(
  db: Database,
  { batchId, chunkNo, run }: { batchId: string; chunkNo: number; run: number },
): Promise<ChunkOutcome> {
  const ended = await db.sql`
    update chunks set state = 'done', pending = 0, succeeded = 1000
    where batch_id = ${batchId} and no = ${chunkNo} and run = ${run} and state = 'queued'`;
  if (ended.count !== 1) return { kind: "stale" };
  return wellDone;
}

export type ChunkStand = { no: number; state: string; run: number };

/** The chunks of a batch as they stand. */
export async function chunksOf(db: Database, batchId: string): Promise<ChunkStand[]> {
  return await db.sql<ChunkStand[]>`select no, state, run from chunks where batch_id = ${batchId} order by no`;
}

/** Whether every chunk of a batch has ended and the batch knows it. */
export async function isFinished(db: Database, batchId: string): Promise<boolean> {
  const [batch] = await db.sql<{ state: string }[]>`select state from batches where id = ${batchId}`;
  return batch?.state === "finished";
}

/** Tells the dispatchers that chunks are ready, as core does. */
export async function notify(db: Database): Promise<void> {
  await db.sql`select pg_notify('muster_dispatch', '')`;
}
