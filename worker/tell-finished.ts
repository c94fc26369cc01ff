import type { FinishedBatch } from "../core/batches/run/finished-batch.ts";
import type { Log } from "../db/log.ts";
import type { WorkerMetrics } from "./worker-metrics.ts";

/** Called with each batch that this process brings to its end. */
export type OnFinished = (batch: FinishedBatch) => void;

/** Writes the end of a batch into the log, and counts it. */
export function tellFinished(log: Log, metrics: WorkerMetrics): OnFinished {
  return (batch) => {
    metrics.batchFinished(batch);
    const { batchId, batchNo, operation, customerId, actor, seconds } = batch;
    const bundleId = batch.bundleId ?? undefined;
    const { rows, succeeded, unchanged, partial, failed } = batch;
    log.info(
      {
        batchId,
        batchNo,
        bundleId,
        operation,
        customerId,
        actor,
        seconds,
        rows,
        succeeded,
        unchanged,
        partial,
        failed,
      },
      "batch finished",
    );
  };
}
