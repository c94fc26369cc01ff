import { Problem } from "../../../contract/problem.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import type { HeldBatch } from "../state/hold-batch.ts";
import { moveBatch } from "../state/move-batches.ts";
import { moveChunks } from "../state/move-chunks.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Makes a finished batch a plan again, which waits for its start, where every row of it failed: nothing of it was done, so that
 * other columns and options can still be tried. The caller holds the batch and plans it anew.
 * @throws Problem batch_state where a row did not fail
 */
export async function reopenPlan(tx: Tx, { id: batchId, no }: HeldBatch): Promise<void> {
  const done = await tx.rows(
    sql`select from chunks where batch_id = ${batchId} and pending + succeeded + unchanged + partial + cancelled > 0 limit 1`,
  );
  if (done.length > 0) {
    throw new Problem(
      "batch_state",
      `Batch ${no} is finished, and not all of its rows failed; its columns and options stay as they were. Retry the failed rows, or send them as a new file.`,
      { batchId },
    );
  }
  await moveChunks(tx, "reopen", batchId);
  await moveBatch(tx, "reopen", batchId);
}
