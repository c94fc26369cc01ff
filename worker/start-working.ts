import { openCore, type ProcessBase } from "../core/open-core.ts";
import { connectionsOf, openDatabase } from "../db/open-database.ts";
import type { Monitor } from "../monitor/monitor.ts";
import { openQueueBackend, type QueueBackend, queueConnections } from "./queue-backend.ts";
import { closeQueues, openQueues, type Queues } from "./queues.ts";
import { dispatcherConnections } from "./start-dispatcher.ts";
import type { Outlets } from "./webhooks/open-sender.ts";
import { startWorkers } from "./start-workers.ts";

/** The queue of a process: where it lives, and one queue for each kind of work. */
export type OpenQueue = { backend: QueueBackend; queues: Queues };

/** Chunks at work at a stop get this long to end by themselves. */
const drainMs = 10_000;

/** One for each chunk at work, one for the sweep, and one for what indexes names. */
function poolSizeOf(concurrency: number): number {
  return concurrency + 2;
}

/** How many connections to Postgres a process opens at most to carry out jobs, the queue's aside. */
export function workingConnections(concurrency: number): number {
  return connectionsOf(poolSizeOf(concurrency)) + dispatcherConnections;
}

/** Opens the queue on Redis at `redisUrl`, or on the database of `base`; `takesJobs` where the process is to work. */
export async function openQueue(
  base: ProcessBase,
  redisUrl: string | undefined,
  takesJobs: boolean,
): Promise<OpenQueue> {
  const backend = await openBackend(base, redisUrl, takesJobs);
  const { closers } = base;
  closers.unshift(() => backend.close());
  const queues = openQueues(backend);
  closers.unshift(() => closeQueues(queues));
  return { backend, queues };
}

async function openBackend(
  { url, log }: ProcessBase,
  redisUrl: string | undefined,
  takesJobs: boolean,
): Promise<QueueBackend> {
  const db = openDatabase(url, { role: "tool", poolSize: 1, log });
  try {
    return await openQueueBackend({ db, redisUrl, maxConnections: queueConnections(takesJobs), log });
  } finally {
    await db.close();
  }
}

/** Starts carrying out jobs, `concurrency` chunks at a time. */
export async function startWorking(
  base: ProcessBase,
  { backend, queues }: OpenQueue,
  {
    concurrency,
    keepRowsDays,
    outlets,
    monitor,
  }: { concurrency: number; keepRowsDays: number; outlets: Outlets; monitor: Monitor },
): Promise<void> {
  const { log, closers } = base;
  const context = await openCore(base, { role: "worker", poolSize: poolSizeOf(concurrency) });
  const sweepLimits = { keepRowsDays };
  const pool = await startWorkers({
    context,
    backend,
    queues,
    concurrency,
    sweepLimits,
    outlets,
    monitor,
    log,
  });
  closers.unshift(() => pool.close(drainMs));
  log.info({ slots: concurrency, queue: backend.kind }, "the worker is at work");
}
