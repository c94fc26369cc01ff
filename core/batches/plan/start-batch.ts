import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { Carrier } from "../../../db/schema/batches.ts";
import { moveBatch } from "../state/move-batches.ts";
import { moveChunks } from "../state/move-chunks.ts";

/**
 * Sets a planned batch going, or schedules it for `startAt`: its chunks with pending rows become ready, to be carried out for
 * `carrier` and by what they may do then, and the workers are told. The caller holds the batch's row, or has just written
 * it, and has seen to its brakes.
 */
export async function startBatch(
  tx: Tx,
  carrier: Carrier,
  batchId: string,
  startAt: Date | null = null,
): Promise<void> {
  await tx.together(
    () =>
      startAt === null
        ? moveBatch(tx, "start", batchId)
        : moveBatch(tx, "schedule", batchId, { set: sql`start_at = ${startAt}` }),
    () => moveChunks(tx, "start", batchId, { set: sql`carrier = ${JSON.stringify(carrier)}` }),
  );
}
