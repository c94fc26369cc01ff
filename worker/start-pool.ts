import { hostname } from "node:os";
import type { Worker } from "bullmq";
import { operations } from "../contract/operations.ts";
import type { Log } from "../db/log.ts";
import type { Database } from "../db/open-database.ts";
import type { ChunkTarget } from "../core/chunks/hold-chunk.ts";
import { openSweeper, scheduleSweeps } from "./housekeeping.ts";
import { processChunk } from "./process-chunk.ts";
import type { RunChunk } from "./process-chunk.ts";
import type { QueueBackend } from "./queue-backend.ts";
import type { Queues } from "./queues.ts";
import { makeSlots } from "./slots.ts";
import { startDispatcher } from "./start-dispatcher.ts";
import { within } from "./within.ts";
import { workerOptions } from "./worker-options.ts";

export type PoolOptions = {
  db: Database;
  backend: QueueBackend;
  queues: Queues;
  /** Chunks that this process runs at once, over all queues. */
  concurrency: number;
  runChunk: RunChunk;
  sweep: () => Promise<Record<string, number>>;
  log: Log;
};

export type Pool = {
  /** Takes no more jobs and waits for those that run; after `limitMs` they are told to stop and go back to their queues. */
  close(limitMs: number): Promise<void>;
};

const ABORT_MS = 3_000;
const SCHEDULE_CHECK_MS = 60_000;

/** Starts what makes a process a worker: the dispatcher, one Worker for each queue that carries operations, and the sweeper. */
export async function startPool(options: PoolOptions): Promise<Pool> {
  const { db, backend, queues, concurrency, runChunk, sweep, log } = options;
  const draining = new AbortController();
  // The queue keeps it with each job, so that people can tell which process had which chunk.
  const workerName = `${hostname()}-${process.pid}`;
  const dispatcher = await startDispatcher({ db, backend, queues, slots: concurrency, log });
  const chunkOptions = {
    runChunk,
    slots: makeSlots(concurrency),
    draining: draining.signal,
    onDone: dispatcher.chunkEnded,
    log,
  };
  const carriers = new Set(Object.values(operations).map(({ queue }) => queue));
  const chunkWorkers = [...carriers].map((name) => openChunkWorker(name));
  const workers: Pick<Worker, "close" | "cancelAllJobs">[] = [...chunkWorkers, openSweeper(backend, sweep, log)];
  // A queue wiped clean loses the schedule too.
  const scheduling = setInterval(schedule, SCHEDULE_CHECK_MS);
  schedule();

  function schedule(): void {
    scheduleSweeps(queues.housekeeping).catch((err: unknown) => log.warn({ err }, "the sweep could not be scheduled"));
  }

  function openChunkWorker(name: string): Worker<ChunkTarget> {
    const worker = backend.openWorker<ChunkTarget>(
      name,
      // BullMQ makes the signal only for a processor of three parameters.
      async (job, token = "", signal = draining.signal) => processChunk(chunkOptions, job, token, signal),
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
