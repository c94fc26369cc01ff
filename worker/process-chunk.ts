import { DelayedError, WaitingError } from "bullmq";
import type { Job } from "bullmq";
import type { RowStep } from "../contract/batch.ts";
import type { ChunkTarget } from "../core/batches/run/hold-chunk.ts";
import type { ChunkOutcome } from "../core/batches/run/run-chunk.ts";
import { TransientFault } from "../db/faults.ts";
import type { Log } from "../db/log.ts";
import { logFault } from "../db/log-fault.ts";
import { type Outage, tellingOf } from "../db/outage.ts";
import { cleanFault, hasFaults, RowsFailed } from "./job-faults.ts";
import { makeProgress } from "./make-progress.ts";
import type { OnFinished } from "./tell-finished.ts";
import type { Slots } from "./slots.ts";
import { withGrace } from "./with-grace.ts";
import type { WorkerMetrics } from "./worker-metrics.ts";

export type RunChunk = (
  target: ChunkTarget,
  signal: AbortSignal,
  onStep: (step: RowStep) => void,
) => Promise<ChunkOutcome>;

export type ProcessChunkOptions = {
  runChunk: RunChunk;
  slots: Slots;
  /** Aborts when the process begins to stop, so that jobs that still wait for a slot go back. */
  draining: AbortSignal;
  /** Called when a chunk is done and more of its batch or file may wait, before its job is. */
  onDone: () => void;
  metrics: WorkerMetrics;
  onFinished: OnFinished;
  /** Of the database that chunks are written into. */
  outage: Outage;
  /** How long a chunk may take, and how long it may wait for its turn before that. */
  runLimitMs?: number;
  log: Log;
};

const HELD_MS = 1_000;
const RUN_LIMIT_MS = 60_000;
const GRACE_MS = 1_000;

/** What Postgres says of a statement that took too long. */
const TOO_LONG = "57014";

/**
 * Runs one chunk and ends its job accordingly. A chunk that another worker holds comes back in a second; a job whose run is
 * over ends as done; an aborted job goes back to its queue. BullMQ would renew the job's lock for as long as the process
 * lives: a run that is over its time is given up, so that others can have the job.
 * @throws RowsFailed when rows failed or ended in part; TransientFault or JobFault, neither of which names a person, for another attempt.
 */
export async function processChunk(
  {
    runChunk,
    slots,
    draining,
    onDone,
    metrics,
    onFinished,
    outage,
    runLimitMs = RUN_LIMIT_MS,
    log,
  }: ProcessChunkOptions,
  job: Job<ChunkTarget>,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  const ended = await tellingOf(outage, "chunks", runInSlot).catch((thrown: unknown) => fail(thrown));
  switch (ended.kind) {
    case "stale":
      return;
    case "held":
      await job.moveToDelayed(Date.now() + HELD_MS, token);
      throw new DelayedError();
    case "done":
      // A batch that ended along with its only chunk leaves nothing to queue or to finish, unless others of its file wait.
      if (ended.finished === null || ended.finished.bundleId !== null) onDone();
      if (ended.finished !== null) onFinished(ended.finished);
      if (hasFaults(ended)) throw new RowsFailed(ended, ended.rows);
      return;
    default:
      return ended satisfies never;
  }

  async function runInSlot(): Promise<ChunkOutcome> {
    const release = await inTime(new TurnNotCome(), (late) => slots.take(AbortSignal.any([signal, draining, late])));
    const started = performance.now();
    const progress = makeProgress((step) => job.updateProgress(step));
    try {
      return await inTime(new TransientFault(TOO_LONG), async (late) => {
        const stop = AbortSignal.any([signal, late]);
        const { batchId, chunkNo, run } = job.data;
        // A run that is left behind keeps its slot: what it hangs on would hold up the next as well.
        const running = runChunk({ batchId, chunkNo, run }, stop, (step) => progress.report(step)).finally(release);
        const outcome = await withGrace(running, stop, GRACE_MS);
        if (outcome.kind === "done") metrics.chunkDone(outcome, (performance.now() - started) / 1_000);
        return outcome;
      });
    } finally {
      await progress.finish();
    }
  }

  async function inTime<T>(reason: Error, act: (late: AbortSignal) => Promise<T>): Promise<T> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(reason), runLimitMs);
    try {
      return await act(late.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  async function fail(thrown: unknown): Promise<never> {
    if (signal.aborted || draining.aborted || thrown instanceof TurnNotCome) {
      // Refused when the job is no longer ours; whoever has it now runs it.
      await job.moveToWait(token).catch(() => {});
      throw new WaitingError();
    }
    const fault = cleanFault(thrown);
    if (fault instanceof TransientFault) logFault(log, fault, "a chunk met a fault that passes", { jobId: job.id });
    else log.error({ err: thrown, jobId: job.id }, "a chunk broke off");
    throw fault;
  }
}

/** All slots of this worker were taken for so long that another may have one free. */
class TurnNotCome extends Error {
  override name = "TurnNotCome";
}
