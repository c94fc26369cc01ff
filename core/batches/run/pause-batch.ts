import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import { carrierOf } from "../../access/authority/authority.ts";
import type { CoreContext } from "../../context.ts";
import { holdBatch } from "../state/hold-batch.ts";
import { moveBatch } from "../state/move-batches.ts";
import { openChunkSql } from "../state/move-chunks.ts";
import { batchTransitions } from "../state/transitions.ts";
import { sql } from "../../../db/sql-text.ts";

/** Pauses a running batch: chunks at work end, no other starts. @throws Problem not_found, batch_state. */
export async function pauseBatch(context: CoreContext, actor: Actor, batchId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, batchTransitions.pause.from, "pause");
    await moveBatch(tx, "pause", batchId);
    await recordAct(tx, actor, { operation: "pause_batch", customerId: batch.customerId, batchId });
    await actor.recordResult?.(tx, batchId);
  });
}

/** Lets a paused batch go on. @throws Problem not_found, batch_state. */
export async function resumeBatch(context: CoreContext, actor: Actor, batchId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    await resumeHeld(tx, actor, await holdBatch(tx, batchId, batchTransitions.resume.from, "resume"));
    await actor.recordResult?.(tx, batchId);
  });
}

/** Lets a paused batch that the caller holds go on. */
export async function resumeHeld(
  tx: Tx,
  actor: Actor,
  { id: batchId, customerId }: { id: string; customerId: string },
): Promise<void> {
  await moveBatch(tx, "resume", batchId);
  // What had the batch stop may be that whoever had it carried out may do so no more.
  await tx.rows(
    sql`update chunks set carrier = ${JSON.stringify(carrierOf(actor))}
     where batch_id = ${batchId} and ${openChunkSql}`,
  );
  await recordAct(tx, actor, { operation: "resume_batch", customerId, batchId });
}
