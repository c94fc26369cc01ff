import type { Tx } from "../../db/in-transaction.ts";

/**
 * Finishes the batch along with the chunk `chunkNo` where that is its only one, so that a small batch is over when its
 * rows are. The caller holds and has counted the chunk. A batch that a retry or another hand holds is left to
 * `settleBatches`, as are batches of several chunks: of two last ones that commit at once, neither sees the other.
 */
export async function finishBatch(tx: Tx, batchId: string, chunkNo: number): Promise<void> {
  await tx.rows(
    `update batches set state = 'finished', finished_at = now()
     where id = (
       select id from batches
       where id = $1 and state = 'running'
         and not exists (select from chunks where batch_id = $1 and (no <> $2 or state <> 'done'))
       for update skip locked)`,
    [batchId, chunkNo],
  );
}
