import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { cutChunks } from "../plan/cut-chunks.ts";
import { cancelRows } from "./cancel-rows.ts";
import { holdBatch } from "../state/hold-batch.ts";
import { moveBatch, putBackOf } from "../state/move-batches.ts";
import { lockChunks, moveChunks } from "../state/move-chunks.ts";
import { batchTransitions } from "../state/transitions.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Cancels a batch: chunks at work end, every row that is still pending becomes `cancelled`, what was done stays done. A
 * row that had ended in part and waited for its retry is `partial` again. A batch of which only a retry awaits approval comes
 * back to where it was. An upload that is still coming cannot be
 * cancelled, one whose process is gone can.
 * @throws Problem not_found, batch_state.
 */
export async function cancelBatch(context: CoreContext, actor: Actor, batchId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    await refuseComing(tx, batchId);
    const batch = await holdBatch(tx, batchId, batchTransitions.cancel.from, "cancel");
    await moveBatch(tx, putBackOf(batch) ?? "cancel", batchId);
    await lockChunks(tx, batchId, null);
    await cancelRows(tx, [batchId], "agent");
    await cutChunks(tx, batchId, null);
    await moveChunks(tx, "cancel", batchId);
    await recordAct(tx, actor, { operation: "cancel_batch", customerId: batch.customerId, batchId });
    await actor.recordResult?.(tx, batchId);
  });
}

/** Whoever sends the file holds its batch until it is whole; nobody shall wait for that. */
async function refuseComing(tx: Tx, batchId: string): Promise<void> {
  const [staging] = await tx.rows<{ no: number }>(
    sql`select no from batches where id = ${batchId} and state = 'staging'`,
  );
  if (staging === undefined) return;
  const free = await tx.rows(sql`select from batches where id = ${batchId} for update skip locked`);
  if (free.length > 0) return;
  throw new Problem(
    "batch_state",
    `The file of batch ${staging.no} is still being sent: break off the upload, or cancel the batch once it is planned.`,
    { batchId },
  );
}
