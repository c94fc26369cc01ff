import { createPostgresBackend, createRedisBackend, runMigrations, withBackend } from "bullmq";
import type { PgPool, Processor, Queue, QueueOptions, Worker, WorkerOptions } from "bullmq";
import { Redis } from "ioredis";
import { queueNames } from "../contract/operations.ts";
import { installationName } from "../core/installation-name.ts";
import type { Log } from "../db/log.ts";
import type { Database } from "../db/open-database.ts";
import { onConnection } from "../db/on-connection.ts";
import { type Outage, outageOf } from "../db/outage.ts";
import { openPool } from "../db/open-pool.ts";
import { type PoolUse, useOfPool } from "../db/pool-use.ts";
import { logErrors } from "./log-errors.ts";
import { withServerOptions } from "../db/server-options.ts";

/** The queue of this installation, on Postgres or on Redis; nobody else in Muster can tell which. */
export type QueueBackend = {
  kind: "postgres" | "redis";
  /** Of the store in which it lives. */
  outage: Outage;
  openQueue(name: string, options: Omit<QueueOptions, "connection" | "prefix">): Queue;
  openWorker<Data>(
    name: string,
    processor: Processor<Data>,
    options: Omit<WorkerOptions, "connection" | "prefix">,
  ): Worker<Data>;
  /** Counts its connections to Postgres. */
  use: () => PoolUse[];
  /** Makes the queue's tables again if somebody removed them. */
  restore(): Promise<void>;
  /** Ends what the queues share; call it after every Queue and Worker is closed. */
  close(): Promise<void>;
};

export type QueueBackendOptions = {
  db: Database;
  redisUrl: string | undefined;
  /** Of the queue on Postgres; as many as it needs to take jobs unless told. */
  maxConnections?: number;
  log: Log;
};

const SCHEMA = "bullmq";

/**
 * How many connections the queue on Postgres needs: four that all share, and where it `takesJobs` one for each Worker, which
 * listens on it. With fewer all would hang.
 */
export function queueConnections(takesJobs: boolean): number {
  return (takesJobs ? queueNames.length : 0) + 4;
}

/** How long an answer of the queue may take: a connection that has gone silent tells nothing, and would be waited for. */
const answerMs = 10_000;

/** Opens the queue on Redis where `redisUrl` is given, else in the schema `bullmq` of the database, which it migrates. */
export async function openQueueBackend({
  db,
  redisUrl,
  maxConnections = queueConnections(true),
  log,
}: QueueBackendOptions): Promise<QueueBackend> {
  if (redisUrl !== undefined) return openOnRedis(redisUrl, await installationName(db), log);
  await migrateQueue(db.url);
  return openOnPostgres(db, maxConnections, log);
}

/** Brings BullMQ's own tables to the version of the installed package; of several callers at once one works, the others wait. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  await onConnection(databaseUrl, (client) => runMigrations(client, SCHEMA));
}

// The queues share one connection, which reports its errors itself; but without a listener here they end the process.
function alreadyLogged(): void {}

function openOnPostgres({ url: databaseUrl, outage }: Database, maxConnections: number, log: Log): QueueBackend {
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend);
  // The queue may lose its last second in a crash, because the dispatcher finds every lost job again; waiting for the
  // disk would cost 2 ms at each of its three commits, one at a time, because commits with NOTIFY queue up behind a lock.
  const url = withServerOptions(databaseUrl, `-c search_path=${SCHEMA} -c synchronous_commit=off`);
  const { pool, close } = openPool(
    url,
    {
      application_name: "muster queue",
      max: maxConnections,
      connectionTimeoutMillis: 5_000,
      query_timeout: answerMs,
      // Each Worker listens on one.
      longestLoanMs: 2 * answerMs,
      // A connection made anew costs a request 10 ms and its cached plans.
      idleTimeoutMillis: 0,
    },
    (err) => log.debug({ err }, "a queue connection was lost"),
  );
  pool.setMaxListeners(0);
  const connection = pool as unknown as PgPool;
  return {
    kind: "postgres",
    outage,
    openQueue(name, options) {
      const queue = new PostgresQueue(name, { ...options, connection });
      queue.on("error", alreadyLogged);
      return queue as unknown as Queue;
    },
    openWorker<Data>(name: string, processor: Processor<Data>, options: object) {
      const worker = new PostgresWorker<Data>(name, processor, { ...options, connection });
      logErrors(worker, log, `worker of queue ${name}`);
      return worker as unknown as Worker<Data>;
    },
    use: () => [useOfPool("queue", pool)],
    restore: () => migrateQueue(databaseUrl),
    close,
  };
}

function openOnRedis(redisUrl: string, prefix: string, log: Log): QueueBackend {
  const { Queue: RedisQueue, Worker: RedisWorker } = withBackend(createRedisBackend);
  const settings = {
    maxRetriesPerRequest: null,
    keepAlive: 15_000,
    // A Worker asks to be told of its next job within ten seconds.
    socketTimeout: answerMs + 10_000,
    // BullMQ's own strategy waits up to 20 s after an outage.
    retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1_000),
  };
  // With its offline queue an `add` hangs while Redis is down; without it the dispatcher tries again on its next tick.
  const producer = new Redis(redisUrl, { ...settings, enableOfflineQueue: false, commandTimeout: answerMs });
  producer.setMaxListeners(0);
  const outage = outageOf(log, "Redis", redisUrl);
  producer.on("error", (error) => outage.begins("connection", error));
  producer.on("ready", () => outage.ends("connection"));
  return {
    kind: "redis",
    outage,
    openQueue(name, options) {
      const queue = new RedisQueue(name, { ...options, connection: producer, prefix });
      queue.on("error", alreadyLogged);
      return queue;
    },
    openWorker<Data>(name: string, processor: Processor<Data>, options: object) {
      const connection = { ...settings, url: redisUrl };
      const worker = new RedisWorker<Data>(name, processor, { ...options, connection, prefix });
      logErrors(worker, log, `worker of queue ${name}`);
      return worker;
    },
    use: () => [],
    async restore() {},
    async close() {
      producer.disconnect();
    },
  };
}
