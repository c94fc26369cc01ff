import { inTransaction } from "../../db/in-transaction.ts";
import { notifyBatch } from "../../db/notify.ts";
import type { Actor } from "../actor.ts";
import { recordAct } from "../audit/record-act.ts";
import type { CoreContext } from "../context.ts";
import { holdBatch } from "./hold-batch.ts";

const cancellable = ["ready", "scheduled", "running", "paused"] as const;

/**
 * Cancels a batch: chunks at work end, every row that is still pending becomes `cancelled`, what was done stays done.
 * @throws Problem not_found, batch_state.
 */
export async function cancelBatch(context: CoreContext, actor: Actor, batchId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, cancellable, "cancel");
    await tx.rows("update batches set state = 'cancelled', finished_at = now() where id = $1", [batchId]);
    // Waits for the chunks at work, which then count as they ended.
    await tx.rows("select from chunks where batch_id = $1 order by no for update", [batchId]);
    await tx.rows("update row_results set state = 'cancelled' where batch_id = $1 and state = 'pending'", [batchId]);
    await tx.rows(
      "update chunks set state = 'done', cancelled = cancelled + pending, pending = 0 where batch_id = $1",
      [batchId],
    );
    await recordAct(tx, actor, { operation: "cancel_batch", customerId: batch.customerId, batchId });
    await notifyBatch(tx, batchId);
  });
}
