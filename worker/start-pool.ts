import { hostname } from "node:os";
import type { Job, Worker } from "bullmq";
import { operations } from "../contract/operations.ts";
import type { Log } from "../db/log.ts";
import { logFault } from "../db/log-fault.ts";
import type { Database } from "../db/open-database.ts";
import { endWith } from "../db/tracing.ts";
import type { ChunkTarget } from "../core/batches/run/hold-chunk.ts";
import { makeBrake, type Braked } from "./make-brake.ts";
import { makeStanding, type Standing } from "./make-standing.ts";
import { openJobSpan } from "./job-spans.ts";
import { openSweeper, scheduleSweeps } from "./housekeeping.ts";
import { processChunk } from "./process-chunk.ts";
import type { RunChunk } from "./process-chunk.ts";
import type { QueueBackend } from "./queue-backend.ts";
import type { Queues } from "./queues.ts";
import { makeSlots } from "./slots.ts";
import { startDispatcher } from "./start-dispatcher.ts";
import { within } from "../db/within.ts";
import type { Monitor } from "../monitor/monitor.ts";
import { makeReadiness } from "../monitor/readiness.ts";
import { watchStores } from "../monitor/store-metrics.ts";
import { tellFinished } from "./tell-finished.ts";
import { makeWorkerMetrics } from "./worker-metrics.ts";
import { type Deliver, openSender } from "./webhooks/open-sender.ts";
import { workerOptions } from "./worker-options.ts";

export type PoolOptions = {
  db: Database;
  backend: QueueBackend;
  queues: Queues;
  /** Chunks that this process runs at once, over all queues. */
  concurrency: number;
  runChunk: RunChunk;
  sweep: () => Promise<Record<string, number>>;
  deliver: Deliver;
  /** Where the worker tells of itself. */
  monitor: Monitor;
  /** See `ProcessChunkOptions`. */
  runLimitMs?: number;
  /** After how long without an answer of the database the worker steps down. */
  silenceLimitMs?: number;
  log: Log;
};

type PoolWorker = Pick<Worker, "close" | "cancelAllJobs"> & Braked;

export type Pool = {
  /** Takes no more jobs and waits for those that run; after `limitMs` they are told to stop and go back to their queues. */
  close(limitMs: number): Promise<void>;
};

const ABORT_MS = 3_000;
const SILENCE_LIMIT_MS = 30_000;
const SCHEDULE_CHECK_MS = 60_000;

/** Starts what makes a process a worker: the dispatcher, one Worker for each queue that carries operations, the one for webhooks, and the sweeper. */
export async function startPool(options: PoolOptions): Promise<Pool> {
  const { db, backend, queues, concurrency, runChunk, sweep, deliver, monitor, log } = options;
  const { silenceLimitMs = SILENCE_LIMIT_MS } = options;
  const draining = new AbortController();
  // The queue keeps it with each job, so that people can tell which process had which chunk.
  const workerName = `${hostname()}-${process.pid}`;
  let standing: Standing | undefined;
  const onBeat = () => standing?.heard();
  const slots = makeSlots(concurrency);
  const metrics = makeWorkerMetrics(monitor.registry, concurrency, slots.taken);
  const onFinished = tellFinished(log, metrics);
  const dispatching = { db, backend, queues, slots: concurrency, onBeat, onFinished, monitor, log };
  const dispatcher = await startDispatcher(dispatching);
  const chunkOptions = {
    runChunk,
    ...(options.runLimitMs === undefined ? {} : { runLimitMs: options.runLimitMs }),
    slots,
    draining: draining.signal,
    onDone: dispatcher.chunkEnded,
    metrics,
    onFinished,
    outage: db.outage,
    log,
  };
  const carriers = new Set(Object.values(operations).map(({ queue }) => queue));
  const chunkWorkers = [...carriers].map((name) => openChunkWorker(name));
  const workers: PoolWorker[] = [...chunkWorkers, openSender(backend, deliver, log), openSweeper(backend, sweep, log)];
  const brakes = workers.map((worker) => makeBrake(worker));
  standing = makeStanding({ limitMs: silenceLimitMs, stepDown, stepUp });
  // A queue wiped clean loses the schedule too.
  const scheduling = setInterval(schedule, SCHEDULE_CHECK_MS);
  schedule();
  monitor.watchPools("worker", db.use);
  monitor.watchPools("queue", backend.use);
  watchStores(monitor, db, queues["user-creation"]);
  monitor.readiness.push(makeReadiness(db, dispatcher.isAlive, queues["user-creation"]));

  function schedule(): void {
    scheduleSweeps(queues.housekeeping).catch((err: unknown) => logFault(log, err, "the sweep could not be scheduled"));
  }

  /** A worker without a database would only keep jobs from others, and renew its locks on them. */
  function stepDown(): void {
    log.warn(
      { afterMs: silenceLimitMs },
      "the database does not answer: the worker gives its jobs back and takes none",
    );
    for (const brake of brakes) brake.hold();
    for (const worker of workers) worker.cancelAllJobs("the database does not answer");
  }

  function stepUp(): void {
    log.info("the database answers again: the worker takes jobs");
    for (const brake of brakes) brake.release();
  }

  function openChunkWorker(name: string): Worker<ChunkTarget> {
    const worker = backend.openWorker<ChunkTarget>(
      name,
      // BullMQ makes the signal only for a processor of three parameters.
      async (job, token = "", signal = draining.signal) =>
        endWith(openChunkSpan(job), () => processChunk(chunkOptions, job, token, signal)),
      { ...workerOptions, concurrency, name: workerName },
    );
    worker.on("lockRenewalFailed", (jobIds) => {
      for (const jobId of jobIds) worker.cancelJob(jobId, "lock lost");
    });
    worker.on("stalled", (jobId) => log.info({ jobId }, "took over the job of a worker that is gone"));
    return worker;
  }

  return {
    async close(limitMs) {
      clearInterval(scheduling);
      standing?.close();
      const closing = Promise.all([dispatcher.close(), ...workers.map((worker) => worker.close())]);
      draining.abort();
      try {
        await within(limitMs, closing);
      } catch {
        for (const worker of workers) worker.cancelAllJobs("the process stops");
        await within(ABORT_MS, closing).catch((err: unknown) => log.warn({ err }, "jobs were left behind"));
      }
    },
  };
}

function openChunkSpan(job: Job<ChunkTarget>) {
  const { batchId, chunkNo, run } = job.data;
  return openJobSpan("chunk", job, { "muster.batch_id": batchId, "muster.chunk_no": chunkNo, "muster.run": run });
}
