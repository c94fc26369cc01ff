import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { FinishedBatch } from "../core/batches/run/finished-batch.ts";
import type { ChunkOutcome } from "../core/batches/run/run-chunk.ts";

/** Counts what this worker does, by chunks; rows that a plan refuses never come to a worker and are not among them. */
export type WorkerMetrics = {
  /** A run of a chunk has committed after so many seconds in its slot. */
  chunkDone: (outcome: Extract<ChunkOutcome, { kind: "done" }>, seconds: number) => void;
  /** This worker saw that a batch is finished. */
  batchFinished: (batch: FinishedBatch) => void;
};

/** Registers the metrics of a worker of `slots` slots, of which `taken` are at work. */
export function makeWorkerMetrics(registry: Registry, slots: number, taken: () => number): WorkerMetrics {
  const registers = [registry];
  const rows = new Counter({
    name: "muster_rows_total",
    help: "Rows that this worker carried out, by operation, outcome and cause",
    labelNames: ["operation", "outcome", "cause"],
    registers,
  });
  const chunks = new Histogram({
    name: "muster_chunk_duration_seconds",
    help: "Time to carry out a chunk of up to 1,000 rows",
    labelNames: ["operation"],
    buckets: [0.01, 0.03, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60],
    registers,
  });
  const batches = new Counter({
    name: "muster_batches_finished_total",
    help: "Batches that this worker finished, by whether all their rows ended well",
    labelNames: ["operation", "result"],
    registers,
  });
  const places = new Gauge({
    name: "muster_worker_slots",
    help: "Chunks that this worker can carry out at once, and those that it does",
    labelNames: ["state"],
    registers: [],
    collect() {
      this.set({ state: "total" }, slots);
      this.set({ state: "taken" }, taken());
    },
  });
  registry.registerMetric(places);
  return {
    chunkDone({ operation, ended }, seconds) {
      chunks.observe({ operation }, seconds);
      for (const { outcome, cause, rows: count } of ended) rows.inc({ operation, outcome, cause: cause ?? "" }, count);
    },
    batchFinished({ operation, partial, failed }) {
      batches.inc({ operation, result: partial + failed === 0 ? "well" : "with_failures" });
    },
  };
}
