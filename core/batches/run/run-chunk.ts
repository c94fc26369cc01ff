import type { RowStep } from "../../../contract/batch.ts";
import type { Operation } from "../../../contract/operations.ts";
import { DatabaseFault, TransientFault } from "../../../db/faults.ts";
import { inTransaction, smallRows, type Tx } from "../../../db/in-transaction.ts";
import { loadCarrier } from "../../access/authority/load-authority.ts";
import { mayBegin } from "../../access/authority/may.ts";
import { sql } from "../../../db/sql-text.ts";
import { moveChunksSql } from "../state/move-chunks.ts";
import type { CoreContext } from "../../context.ts";
import { SeatsMoved } from "../../directory/licenses/seats.ts";
import { NotPlain } from "./operations/create-plain.ts";
import { countChunk, type RowFaults } from "./count-chunk.ts";
import { countEnded, type EndedRows, failedByCause } from "./ended-rows.ts";
import { finishBatch } from "./finish-batch.ts";
import type { FinishedBatch } from "./finished-batch.ts";
import { holdChunk, type ChunkTarget, type LoadedChunk } from "./hold-chunk.ts";
import { operateChunk, type Run } from "./operate-chunk.ts";
import { type PausedBatch, stopBatch } from "./stop-batch.ts";
import { mayTrip, tripBatch } from "./trip-batch.ts";

/**
 * How a run of a chunk ended. `done`: its rows have ended, those that ran and did not end well counted by cause; `ended`
 * is what this run did, and nothing where it was a repeat; `finished` is the batch, where it came to its end along with the
 * chunk. `stale`:
 * the chunk is on another run, paused or cancelled, and nothing was done. `held`: another process is at work on it.
 */
export type ChunkOutcome =
  | ({
      kind: "done";
      operation: Operation;
      rows: number;
      ended: EndedRows[];
      finished: FinishedBatch | null;
    } & RowFaults)
  | { kind: "stale" }
  | { kind: "held" };

/** What Postgres answers when another process holds the chunk's row. */
const lockNotAvailable = "55P03";
const uniqueViolation = "23505";

/**
 * Carries out one run of a chunk in one transaction: its pending rows, their results, counts and audit, all or nothing.
 * Run it twice, kill it midway, run two at once: the effect is the same.
 * @throws TransientFault when the database is away or contended; the same run may be tried again.
 */
export async function runChunk(
  context: CoreContext,
  target: ChunkTarget,
  signal: AbortSignal,
  onStep: (step: RowStep) => void,
): Promise<ChunkOutcome> {
  const attempt = (checksFirst: boolean) =>
    inTransaction(context.db.pool, (tx) => applyChunk(context, tx, { target, signal, onStep, checksFirst }), {
      small: true,
    });
  try {
    const { paused, ...outcome } = await attempt(false).catch(async (error: unknown) => {
      if (!movedMeanwhile(error)) throw error;
      return await attempt(true);
    });
    for (const batch of paused) context.log.info(batch, "batch paused");
    return outcome;
  } catch (error) {
    if (error instanceof TransientFault && error.sqlstate === lockNotAvailable) return { kind: "held" };
    throw error;
  }
}

/** Whether names, seats, domains or products went between the plan and now. */
function movedMeanwhile(error: unknown): boolean {
  if (error instanceof DatabaseFault) return error.sqlstate === uniqueViolation;
  return error instanceof SeatsMoved || error instanceof NotPlain;
}

/** Carries the chunk out, and gives the batches that were paused by what came of it as well. */
async function applyChunk(context: CoreContext, tx: Tx, run: Run): Promise<ChunkOutcome & { paused: PausedBatch[] }> {
  const { batchId, chunkNo } = run.target;
  const chunk = await holdChunk(tx, run.target);
  tx.small = chunk !== undefined && chunk.rows <= smallRows;
  if (chunk === undefined || (await standing(tx, run.target, chunk)) === "stale") {
    return { kind: "stale", paused: [] };
  }
  const rows = { batchId, rowFrom: chunk.rowFrom, rowTo: chunk.rowTo };
  // Asked for each chunk, because grants end.
  const authority = await loadCarrier(tx, chunk.carrier, chunk.customerId, context.now());
  const answer = mayBegin(authority, chunk.operation);
  if (chunk.state !== "done" && !answer.allowed) {
    await putBack(tx, run.target);
    const batch = { batchId, customerId: chunk.customerId, actor: chunk.carrier };
    return { kind: "stale", paused: await stopBatch(tx, batch, answer.missing) };
  }
  const operated = chunk.state === "done" ? null : await operateChunk(context, tx, run, { chunk, rows, authority });
  const outcomes = operated?.outcomes ?? [];
  run.signal.throwIfAborted();
  const failed = failedByCause(countEnded(0, outcomes));
  const trips = mayTrip(failed);
  const [, { succeeded, ...faults }, finished] = await (trips ? tx.together : tx.last)(
    async () => operated?.write(),
    () => countChunk(tx, run.target, rows, failed),
    () => finishBatch(tx, batchId, chunkNo),
    async () => operated?.takeSeats(),
  );
  const paused = trips ? await tripBatch(tx, batchId) : [];
  return {
    kind: "done",
    operation: chunk.operation,
    ...faults,
    rows: chunk.rows,
    ended: countEnded(succeeded, outcomes),
    finished,
    paused,
  };
}

/** `stale` where this run has no say; `ended` where this very run has committed before, `free` where it is to go on. */
async function standing(tx: Tx, target: ChunkTarget, chunk: LoadedChunk): Promise<"free" | "ended" | "stale"> {
  if (chunk.run !== target.run) return "stale";
  if (chunk.state === "done") return "ended";
  if (chunk.state !== "queued") return "stale";
  if (chunk.batchState === "running") return "free";
  // Paused: the chunk waits as ready until the batch goes on. A cancelled batch has no pending chunk left.
  if (chunk.batchState === "paused") await putBack(tx, target);
  return "stale";
}

async function putBack(tx: Tx, { batchId, chunkNo }: ChunkTarget): Promise<void> {
  // No dispatcher is told: while somebody else has the batch locked, it would queue the chunk again and again.
  await tx.rows(moveChunksSql("putBack", { where: sql`batch_id = ${batchId} and no = ${chunkNo}` }));
}
