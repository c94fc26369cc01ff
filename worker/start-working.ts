import { openCore, openGround, type Ground } from "../core/ground/lay-ground.ts";
import { openQueueBackend, type QueueBackend } from "./queue-backend.ts";
import { closeQueues, openQueues, type Queues } from "./queues.ts";
import { startWorkers } from "./start-workers.ts";

/** The queue of a process: where it lives, and one queue for each kind of work. */
export type OpenQueue = { backend: QueueBackend; queues: Queues };

/** Chunks at work at a stop get this long to end by themselves. */
const drainMs = 10_000;

/** Opens the queue on Redis at `redisUrl`, or on the database of `ground`. */
export async function openQueue(ground: Ground, redisUrl: string | undefined): Promise<OpenQueue> {
  const { log, closers } = ground;
  const backend = await openQueueBackend({ db: openGround(ground, "tool"), redisUrl, log });
  closers.unshift(() => backend.close());
  const queues = openQueues(backend);
  closers.unshift(() => closeQueues(queues));
  return { backend, queues };
}

/** Starts carrying out jobs, `concurrency` chunks at a time. */
export async function startWorking(
  ground: Ground,
  { backend, queues }: OpenQueue,
  { concurrency, keepRowsDays }: { concurrency: number; keepRowsDays: number },
): Promise<void> {
  const { log, closers } = ground;
  const context = await openCore(ground, "worker");
  const pool = await startWorkers({ context, backend, queues, concurrency, sweepLimits: { keepRowsDays }, log });
  closers.unshift(() => pool.close(drainMs));
  log.info({ slots: concurrency, queue: backend.kind }, "the worker is at work");
}
