import { inTransaction } from "../../db/in-transaction.ts";
import { notifyBatch, notifyDispatch } from "../../db/notify.ts";
import type { Actor } from "../actor.ts";
import { recordAct } from "../audit/record-act.ts";
import { carrierOf } from "../authority/authority.ts";
import type { CoreContext } from "../context.ts";
import { holdBatch } from "./hold-batch.ts";

/** Pauses a running batch: chunks at work end, no other starts. @throws Problem not_found, batch_state. */
export async function pauseBatch(context: CoreContext, actor: Actor, batchId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, ["running"], "pause");
    await tx.rows("update batches set state = 'paused', paused_at = now() where id = $1", [batchId]);
    await recordAct(tx, actor, { operation: "pause_batch", customerId: batch.customerId, batchId });
    await actor.settle?.(tx, batchId);
    await notifyBatch(tx, batchId);
  });
}

/** Lets a paused batch go on. @throws Problem not_found, batch_state. */
export async function resumeBatch(context: CoreContext, actor: Actor, batchId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, ["paused"], "resume");
    await tx.rows(
      `update batches set state = 'running', paused_at = null, stopped_code = null, stopped_message = null,
         paused_ms = paused_ms + extract(epoch from now() - coalesce(paused_at, now())) * 1000
       where id = $1`,
      [batchId],
    );
    // What had the batch stop may be that whoever had it carried out may do so no more.
    await tx.rows("update chunks set carrier = $2 where batch_id = $1 and state in ('ready', 'queued')", [
      batchId,
      JSON.stringify(carrierOf(actor)),
    ]);
    await recordAct(tx, actor, { operation: "resume_batch", customerId: batch.customerId, batchId });
    await actor.settle?.(tx, batchId);
    await notifyBatch(tx, batchId);
    await notifyDispatch(tx);
  });
}
