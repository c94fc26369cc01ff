import type { RetrySelection } from "../../contract/batch.ts";
import { inTransaction, type Tx } from "../../db/in-transaction.ts";
import { notifyBatch, notifyDispatch } from "../../db/notify.ts";
import type { Actor } from "../actor.ts";
import { recordAct } from "../audit/record-act.ts";
import { carrierOf } from "../authority/authority.ts";
import type { CoreContext } from "../context.ts";
import { type HeldBatch, holdBatch } from "./hold-batch.ts";
import { reopenRows } from "./reopen-rows.ts";

/** The states of a batch whose rows can be tried again. */
export const retryable = ["running", "paused", "finished", "cancelled"] as const;

/**
 * Runs the chosen failed and partial rows again, and only those; gives how many were chosen. Cancelled rows run where they
 * are named, by number or by their cause.
 * @throws Problem not_found, batch_state.
 */
export async function retryBatch(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  selection: RetrySelection,
): Promise<{ reopened: number }> {
  return await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, retryable, "retry");
    const reopened = await reopenRows(context, tx, actor, batchId, selection);
    await tx.rows(
      "update chunks set state = 'ready', carrier = $2 where batch_id = $1 and state = 'done' and pending > 0",
      [batchId, JSON.stringify(carrierOf(actor))],
    );
    await goOn(tx, batch);
    const after = { reopened, ...selection };
    await recordAct(tx, actor, { operation: "retry_batch", customerId: batch.customerId, batchId, after });
    await notifyBatch(tx, batchId);
    await notifyDispatch(tx);
    await actor.settle?.(tx, batchId);
    return { reopened };
  });
}

/**
 * Reopens the failed and partial rows of one chunk for the very run that its failed job carries, so that Bull Board's
 * retry of the job finds work to do.
 * @throws Problem not_found, batch_state.
 */
export async function retryChunk(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  chunkNo: number,
): Promise<{ reopened: number }> {
  return await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, retryable, "retry");
    const reopened = await reopenRows(context, tx, actor, batchId, { chunkNo });
    await tx.rows(
      `update chunks set state = 'queued', queued_at = now(), carrier = $3
       where batch_id = $1 and no = $2 and state = 'done' and pending > 0`,
      [batchId, chunkNo, JSON.stringify(carrierOf(actor))],
    );
    await goOn(tx, batch);
    const after = { reopened, chunkNo };
    await recordAct(tx, actor, { operation: "retry_batch", customerId: batch.customerId, batchId, after });
    await notifyBatch(tx, batchId);
    return { reopened };
  });
}

/** Sets a batch that had ended running again where it has pending rows; the clock of its rate starts anew. */
async function goOn(tx: Tx, { id, state }: HeldBatch): Promise<void> {
  if (state !== "finished" && state !== "cancelled") return;
  await tx.rows(
    `update batches set state = 'running', started_at = now(), paused_ms = 0, finished_at = null
     where id = $1 and exists (select from chunks where batch_id = $1 and pending > 0)`,
    [id],
  );
}
