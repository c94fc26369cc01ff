import { runChunk } from "../core/batches/run/run-chunk.ts";
import type { CoreContext } from "../core/context.ts";
import { sweep } from "../core/housekeeping/sweep.ts";
import type { SweepLimits } from "../core/housekeeping/sweep.ts";
import { indexNames } from "../core/directory/search/index-names.ts";
import type { Log } from "../db/log.ts";
import type { Monitor } from "../monitor/monitor.ts";
import type { QueueBackend } from "./queue-backend.ts";
import type { Queues } from "./queues.ts";
import { startIndexing } from "./start-indexing.ts";
import { makeDeliver, type Outlets } from "./webhooks/open-sender.ts";
import { startPool } from "./start-pool.ts";
import type { Pool } from "./start-pool.ts";

export type WorkersOptions = {
  context: CoreContext;
  backend: QueueBackend;
  queues: Queues;
  /** Chunks that this process runs at once, over all queues. */
  concurrency: number;
  sweepLimits: SweepLimits;
  outlets: Outlets;
  monitor: Monitor;
  log: Log;
};

/** Makes this process a worker that runs core's chunks, `concurrency` at once, sends to webhooks, and sweeps; close it before queues and backend. */
export async function startWorkers(options: WorkersOptions): Promise<Pool> {
  const { context, backend, queues, concurrency, monitor, log } = options;
  const pool = await startPool({
    db: context.db,
    backend,
    queues,
    concurrency,
    monitor,
    log,
    runChunk: (target, signal, onStep) => runChunk(context, target, signal, onStep),
    sweep: () => sweep(context, options.sweepLimits),
    deliver: makeDeliver(context, options.outlets),
  });
  const indexing = startIndexing(() => indexNames(context), log);
  return {
    async close(limitMs) {
      await Promise.all([indexing.close(), pool.close(limitMs)]);
    },
  };
}
