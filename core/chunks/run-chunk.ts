import type { RowStep } from "../../contract/batch.ts";
import { DatabaseFault, TransientFault } from "../../db/faults.ts";
import { inTransaction, smallRows, type Tx } from "../../db/in-transaction.ts";
import { notifyBatch } from "../../db/notify.ts";
import type { CoreContext } from "../context.ts";
import { openInputs } from "../inputs/input-rows.ts";
import { SeatsMoved, takeSeats } from "../licenses/seats.ts";
import { operates } from "../operations/operates.ts";
import { countChunk } from "./count-chunk.ts";
import { fillInputs } from "./fill-inputs.ts";
import { finishBatch } from "./finish-batch.ts";
import { loadChunk, type ChunkTarget, type LoadedChunk } from "./load-chunk.ts";
import { prepareUsers, type NewUser } from "./prepare-users.ts";
import { writeOutcomes } from "./write-outcomes.ts";

/**
 * How a run of a chunk ended. `done`: its rows have ended; `failures` counts, by cause, the rows that ran and ended
 * failed or partial. `stale`: the chunk is on another run, paused or cancelled, and nothing was done. `held`: another
 * process is at work on it.
 */
export type ChunkOutcome =
  | { kind: "done"; failures: Record<string, number>; rows: number }
  | { kind: "stale" }
  | { kind: "held" };

/** Days that a temporary password lives, unless a sign-in ends it before. */
const passwordDays = 7;

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
  const chunk = await loadChunk(context.db, target);
  if (chunk === undefined) return { kind: "stale" };
  const newUsers = prepareUsers(context, target.batchId, chunk);
  signal.throwIfAborted();
  const attempt = (careful: boolean) =>
    inTransaction(
      context.db.pipelined,
      (tx) => applyChunk(context, tx, { target, chunk, newUsers, signal, onStep, careful }),
      { small: chunk.rowTo - chunk.rowFrom < smallRows },
    );
  try {
    return await attempt(false).catch(async (error: unknown) => {
      // A name or the last seats went to somebody else between the plan and now.
      if (error instanceof SeatsMoved || (error instanceof DatabaseFault && error.sqlstate === uniqueViolation)) {
        return await attempt(true);
      }
      throw error;
    });
  } catch (error) {
    if (error instanceof TransientFault && error.sqlstate === lockNotAvailable) return { kind: "held" };
    throw error;
  }
}

type Run = {
  target: ChunkTarget;
  chunk: LoadedChunk;
  newUsers: NewUser[];
  signal: AbortSignal;
  onStep: (step: RowStep) => void;
  careful: boolean;
};

async function applyChunk(context: CoreContext, tx: Tx, run: Run): Promise<ChunkOutcome> {
  const { batchId, chunkNo } = run.target;
  const rows = { batchId, rowFrom: run.chunk.rowFrom, rowTo: run.chunk.rowTo };
  // The rows are filled in before it is known whether the chunk is free: it nearly always is.
  const [held, , { plain, special }] = await tx.together(
    () => holdChunk(tx, run.target),
    () => openInputs(tx),
    () => fillInputs(tx, rows, run.newUsers),
  );
  if (held === "stale") return { kind: "stale" };
  const seatsToTake = new Map<string, number>();
  if (held === "free" && plain.length + special.length > 0) {
    const outcomes = await operates[run.chunk.operation](tx, {
      batchId,
      customerId: run.chunk.customerId,
      actor: { kind: "agent", id: run.chunk.actorId, name: run.chunk.actorName },
      special,
      plain: plain.length > 0,
      passwordExpiresAt: new Date(context.now().getTime() + passwordDays * 86_400_000),
      signal: run.signal,
      onStep: run.onStep,
      careful: run.careful,
      seatsToTake,
    });
    run.signal.throwIfAborted();
    await writeOutcomes(tx, rows, outcomes);
  }
  const [failures] = await tx.together(
    () => countChunk(tx, run.target, rows),
    () => finishBatch(tx, batchId, chunkNo),
    () => notifyBatch(tx, batchId),
    () => takeSeats(tx, run.chunk.customerId, seatsToTake),
  );
  return { kind: "done", failures, rows: rows.rowTo - rows.rowFrom + 1 };
}

/** Locks the chunk: `free` to run, `ended` where this very run has committed before, `stale` where it has no say. */
async function holdChunk(tx: Tx, target: ChunkTarget): Promise<"free" | "ended" | "stale"> {
  const [chunk] = await tx.rows<{ run: number; state: string; batchState: string }>(
    `select chunks.run, chunks.state, batches.state as "batchState"
     from chunks join batches on batches.id = chunks.batch_id
     where chunks.batch_id = $1 and chunks.no = $2 for update of chunks nowait`,
    [target.batchId, target.chunkNo],
  );
  if (chunk === undefined || chunk.run !== target.run) return "stale";
  if (chunk.state === "done") return "ended";
  if (chunk.state !== "queued") return "stale";
  if (chunk.batchState === "running") return "free";
  // Paused: the chunk waits as ready until the batch goes on. A cancelled batch has no pending chunk left.
  if (chunk.batchState === "paused") await setReady(tx, target);
  return "stale";
}

async function setReady(tx: Tx, target: ChunkTarget): Promise<void> {
  await tx.rows("update chunks set state = 'ready' where batch_id = $1 and no = $2", [target.batchId, target.chunkNo]);
}
