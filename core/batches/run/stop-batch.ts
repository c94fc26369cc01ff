import type { CauseCode } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { Who } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import { moveBatches } from "../state/move-batches.ts";

/** A batch that was paused by itself, for the log: by which cause, and who had it carried out. */
export type PausedBatch = { batchId: string; customerId: string | null; actor: string; code: CauseCode | "forbidden" };

/**
 * Pauses the batch of a chunk because whoever had it carried out may do so no more; what is done stays done, and the rest
 * waits for somebody who may resume it. The caller holds the chunk. Where another hand holds the batch, the next run of the
 * chunk stops it. Gives the batch where it was paused.
 */
export async function stopBatch(
  tx: Tx,
  batch: { batchId: string; customerId: string; actor: Pick<Who, "id" | "name"> },
  missing: string,
): Promise<PausedBatch[]> {
  const message = `Needs ${missing}. What is done stays done; whoever may do the rest can resume the batch.`;
  const stopped = await moveBatches(tx, "stop", [batch.batchId], {
    set: sql`stopped_code = 'forbidden', stopped_message = ${message}`,
    skipLocked: true,
  });
  if (stopped.length === 0) return [];
  const { actor, batchId, customerId } = batch;
  await recordAct(tx, actor, { operation: "stop_batch", status: "refused", customerId, batchId, after: { message } });
  return [{ batchId, customerId, actor: actor.id, code: "forbidden" }];
}
