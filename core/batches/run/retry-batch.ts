import type { RetrySelection } from "../../../contract/batch.ts";
import { inTransaction } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { notifyBatch } from "../../../db/notify.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import { carrierOf } from "../../access/authority/authority.ts";
import type { CoreContext } from "../../context.ts";
import { requireCovered } from "./require-covered.ts";
import { reopenRows } from "./reopen-rows.ts";
import { holdBatch } from "../state/hold-batch.ts";
import { moveBatches } from "../state/move-batches.ts";
import { moveChunks } from "../state/move-chunks.ts";
import { batchTransitions } from "../state/transitions.ts";

/** The states of a batch whose rows can be tried again. */
export const retryable = ["running", "paused", ...batchTransitions.retry.from] as const;

const pendingSql = sql`exists (select from chunks where batch_id = batches.id and pending > 0)`;

const carriedSql = (actor: Actor) => sql`carrier = ${JSON.stringify(carrierOf(actor))}`;

/**
 * Runs the chosen failed and partial rows again, and only those; gives how many were chosen. Cancelled rows run where they
 * are named, by number or by their cause.
 * @throws Problem not_found, batch_state, approval_needed.
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
    await requireCovered(tx, batchId);
    await moveChunks(tx, "retry", batchId, {
      set: carriedSql(actor),
      where: sql`pending > 0`,
    });
    // The clock of its rate starts anew.
    await moveBatches(tx, "retry", [batchId], { where: pendingSql });
    const after = { reopened, ...selection };
    await recordAct(tx, actor, { operation: "retry_batch", customerId: batch.customerId, batchId, after });
    await notifyBatch(tx, batchId);
    await actor.recordResult?.(tx, batchId);
    return { reopened };
  });
}

/**
 * Reopens the failed and partial rows of one chunk for the very run that its failed job carries, so that Bull Board's
 * retry of the job finds work to do.
 * @throws Problem not_found, batch_state, approval_needed.
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
    await requireCovered(tx, batchId);
    await moveChunks(tx, "retryJob", batchId, {
      set: carriedSql(actor),
      where: sql`no = ${chunkNo} and pending > 0`,
    });
    await moveBatches(tx, "retry", [batchId], { where: pendingSql });
    const after = { reopened, chunkNo };
    await recordAct(tx, actor, { operation: "retry_batch", customerId: batch.customerId, batchId, after });
    await notifyBatch(tx, batchId);
    return { reopened };
  });
}
