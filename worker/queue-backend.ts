import { createPostgresBackend, createRedisBackend, runMigrations, withBackend } from "bullmq";
import type { PgPool, Processor, Queue, QueueOptions, Worker, WorkerOptions } from "bullmq";
import { Redis } from "ioredis";
import { Client, Pool } from "pg";
import { asFault } from "../db/faults.ts";
import type { Log } from "../db/log.ts";
import type { Database } from "../db/open-database.ts";
import { installationPrefix } from "./installation-prefix.ts";
import { logErrors } from "./log-errors.ts";
import { restOnErrors } from "./rest-on-errors.ts";
import { withServerOptions } from "./server-options.ts";

/** The queue of this installation, on Postgres or on Redis; nobody else in Muster can tell which. */
export type QueueBackend = {
  kind: "postgres" | "redis";
  openQueue(name: string, options: Omit<QueueOptions, "connection" | "prefix">): Queue;
  openWorker<Data>(
    name: string,
    processor: Processor<Data>,
    options: Omit<WorkerOptions, "connection" | "prefix">,
  ): Worker<Data>;
  /** Makes the queue's tables again if somebody removed them. */
  restore(): Promise<void>;
  /** Ends what the queues share; call it after every Queue and Worker is closed. */
  close(): Promise<void>;
};

export type QueueBackendOptions = { db: Database; redisUrl: string | undefined; log: Log };

const SCHEMA = "bullmq";

/** Opens the queue on Redis where `redisUrl` is given, else in the schema `bullmq` of the database, which it migrates. */
export async function openQueueBackend({ db, redisUrl, log }: QueueBackendOptions): Promise<QueueBackend> {
  if (redisUrl !== undefined) return openOnRedis(redisUrl, await installationPrefix(db), log);
  await migrateQueue(db.url);
  return openOnPostgres(db.url, log);
}

/** Brings BullMQ's own tables to the version of the installed package; of several callers at once one works, the others wait. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, application_name: "muster migrate" });
  client.on("error", () => {});
  try {
    await client.connect();
    await runMigrations(client, SCHEMA);
  } catch (error) {
    throw asFault(error);
  } finally {
    await client.end().catch(() => {});
  }
}

// The queues share one connection, which reports its errors itself; but without a listener here they end the process.
function alreadyLogged(): void {}

function openOnPostgres(databaseUrl: string, log: Log): QueueBackend {
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend);
  const settings = {
    // The queue may lose its last second in a crash, because the dispatcher finds every lost job again; waiting for the
    // disk would cost 2 ms at each of its three commits, one at a time, because commits with NOTIFY queue up behind a lock.
    connectionString: withServerOptions(databaseUrl, `-c search_path=${SCHEMA} -c synchronous_commit=off`),
    application_name: "muster queue",
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    // A connection made anew costs a request 10 ms and its cached plans.
    idleTimeoutMillis: 0,
  };
  const pool = new Pool({ ...settings, max: 4 });
  pool.setMaxListeners(0);
  logErrors(pool, log, "a queue connection was lost");
  pool.on("connect", (client) => client.on("error", () => {}));
  return {
    kind: "postgres",
    openQueue(name, options) {
      const queue = new PostgresQueue(name, { ...options, connection: pool as unknown as PgPool });
      queue.on("error", alreadyLogged);
      return queue as unknown as Queue;
    },
    openWorker<Data>(name: string, processor: Processor<Data>, options: object) {
      const connection = { ...settings, max: 2, schema: SCHEMA };
      const worker = new PostgresWorker<Data>(name, processor, { ...options, connection });
      logErrors(worker, log, `worker of queue ${name}`);
      restOnErrors(worker);
      return worker as unknown as Worker<Data>;
    },
    restore: () => migrateQueue(databaseUrl),
    close: () => pool.end(),
  };
}

function openOnRedis(redisUrl: string, prefix: string, log: Log): QueueBackend {
  const { Queue: RedisQueue, Worker: RedisWorker } = withBackend(createRedisBackend);
  const settings = {
    maxRetriesPerRequest: null,
    // BullMQ's own strategy waits up to 20 s after an outage.
    retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1_000),
  };
  // With its offline queue an `add` hangs while Redis is down; without it the dispatcher tries again on its next tick.
  const producer = new Redis(redisUrl, { ...settings, enableOfflineQueue: false, commandTimeout: 10_000 });
  producer.setMaxListeners(0);
  logErrors(producer, log, "Redis");
  return {
    kind: "redis",
    openQueue(name, options) {
      const queue = new RedisQueue(name, { ...options, connection: producer, prefix });
      queue.on("error", alreadyLogged);
      return queue;
    },
    openWorker<Data>(name: string, processor: Processor<Data>, options: object) {
      const connection = { ...settings, url: redisUrl };
      const worker = new RedisWorker<Data>(name, processor, { ...options, connection, prefix });
      logErrors(worker, log, `worker of queue ${name}`);
      restOnErrors(worker);
      return worker;
    },
    async restore() {},
    async close() {
      producer.disconnect();
    },
  };
}
