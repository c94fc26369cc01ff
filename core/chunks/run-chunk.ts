import type { RowStep } from "../../contract/batch.ts";
import { DatabaseFault, TransientFault } from "../../db/faults.ts";
import { inTransaction, smallRows, type Tx } from "../../db/in-transaction.ts";
import { notifyBatch } from "../../db/notify.ts";
import type { CoreContext } from "../context.ts";
import { openInputs } from "../inputs/input-rows.ts";
import { fillInputs, type NewUser } from "../inputs/keep-inputs.ts";
import { SeatsMoved, takeSeats } from "../licenses/seats.ts";
import { operates } from "../operations/operates.ts";
import type { WorkRow } from "../operations/outcome.ts";
import { countChunk } from "./count-chunk.ts";
import { loadChunk, type ChunkTarget, type LoadedChunk } from "./load-chunk.ts";
import { prepareRows } from "./prepare-rows.ts";
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
  const prepared = prepareRows(context, target.batchId, chunk);
  signal.throwIfAborted();
  const attempt = (seatsFirst: boolean) =>
    inTransaction(
      context.db.pool,
      (tx) => applyChunk(context, tx, { target, chunk, ...prepared, signal, onStep, seatsFirst }),
      { small: chunk.rowTo - chunk.rowFrom < smallRows },
    );
  try {
    return await attempt(false).catch(async (error: unknown) => {
      // Seats went to another batch, or a restore met a name that was created between its look and its write.
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
  rows: WorkRow[];
  newUsers: NewUser[];
  signal: AbortSignal;
  onStep: (step: RowStep) => void;
  seatsFirst: boolean;
};

async function applyChunk(context: CoreContext, tx: Tx, run: Run): Promise<ChunkOutcome> {
  const { batchId, chunkNo } = run.target;
  const held = await holdChunk(tx, run.target);
  if (held === "stale") return { kind: "stale" };
  const seatsToTake = new Map<string, number>();
  if (held === "free") {
    const rows = await stillPending(tx, batchId, run);
    if (rows.length > 0) {
      await openInputs(tx);
      await fillInputs(tx, { batchId, rowFrom: run.chunk.rowFrom, rowTo: run.chunk.rowTo }, run.newUsers);
      const outcomes = await operates[run.chunk.operation](tx, {
        batchId,
        customerId: run.chunk.customerId,
        actor: { kind: "agent", id: run.chunk.actorId, name: run.chunk.actorName },
        rows,
        passwordExpiresAt: new Date(context.now().getTime() + passwordDays * 86_400_000),
        signal: run.signal,
        onStep: run.onStep,
        seatsFirst: run.seatsFirst,
        seatsToTake,
      });
      run.signal.throwIfAborted();
      await writeOutcomes(tx, batchId, outcomes);
    }
    await countChunk(tx, batchId, chunkNo);
    await notifyBatch(tx, batchId);
  }
  const failures = await countFailures(tx, run.target);
  await takeSeats(tx, run.chunk.customerId, seatsToTake);
  return { kind: "done", ...failures };
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

/** Of the rows read before the lock, those that no other run has ended since. */
async function stillPending(tx: Tx, batchId: string, run: Run): Promise<WorkRow[]> {
  const pending = await tx.rows<{ row_no: number }>(
    "select row_no from row_results where batch_id = $1 and row_no between $2 and $3 and state = 'pending'",
    [batchId, run.chunk.rowFrom, run.chunk.rowTo],
  );
  const open = new Set(pending.map((row) => row.row_no));
  return run.rows.filter((row) => open.has(row.rowNo));
}

async function countFailures(tx: Tx, target: ChunkTarget): Promise<{ failures: Record<string, number>; rows: number }> {
  const [counted] = await tx.rows<{ failures: Record<string, number> | null; rows: number }>(
    `select (
       select json_object_agg(code, rows) from (
         select results.code, count(*) as rows from row_results results
         where results.batch_id = chunks.batch_id and results.row_no between chunks.row_from and chunks.row_to
           and results.code is not null and results.state in ('failed', 'partial') and results.attempts > 0
         group by results.code) causes
     ) as failures, row_to - row_from + 1 as rows
     from chunks where batch_id = $1 and no = $2`,
    [target.batchId, target.chunkNo],
  );
  return { failures: counted?.failures ?? {}, rows: counted?.rows ?? 0 };
}
