import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { Who } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import { moveBatches } from "../state/move-batches.ts";

/**
 * Pauses the batch of a chunk because whoever had it carried out may do so no more; what is done stays done, and the rest
 * waits for somebody who may resume it. The caller holds the chunk. Where another hand holds the batch, the next run of the
 * chunk stops it.
 */
export async function stopBatch(
  tx: Tx,
  batch: { batchId: string; customerId: string; actor: Pick<Who, "id" | "name"> },
  missing: string,
): Promise<void> {
  const message = `Needs ${missing}. What is done stays done; whoever may do the rest can resume the batch.`;
  const stopped = await moveBatches(tx, "stop", [batch.batchId], {
    set: sql`stopped_code = 'forbidden', stopped_message = ${message}`,
    skipLocked: true,
  });
  if (stopped.length === 0) return;
  const { actor, batchId, customerId } = batch;
  await recordAct(tx, actor, { operation: "stop_batch", status: "refused", customerId, batchId, after: { message } });
}
