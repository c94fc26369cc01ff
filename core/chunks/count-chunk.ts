import type { Tx } from "../../db/in-transaction.ts";

/**
 * Counts the rows of a chunk anew and ends it, or makes it ready again where a retry reopened rows after the run had read
 * them. Counted from the rows, never from what a run did, so that a chunk that runs twice still tells the truth.
 */
export async function countChunk(tx: Tx, batchId: string, chunkNo: number): Promise<void> {
  await tx.rows(
    `update chunks set state = case when counted.pending > 0 then 'ready' else 'done' end, pending = counted.pending, succeeded = counted.succeeded,
       unchanged = counted.unchanged, partial = counted.partial, failed = counted.failed, cancelled = counted.cancelled
     from (
       select count(*) filter (where results.state = 'pending') as pending,
         count(*) filter (where results.state = 'succeeded') as succeeded,
         count(*) filter (where results.state = 'unchanged') as unchanged,
         count(*) filter (where results.state = 'partial') as partial,
         count(*) filter (where results.state = 'failed') as failed,
         count(*) filter (where results.state = 'cancelled') as cancelled
       from chunks join row_results results on results.batch_id = chunks.batch_id
         and results.row_no between chunks.row_from and chunks.row_to
       where chunks.batch_id = $1 and chunks.no = $2
     ) counted
     where batch_id = $1 and no = $2`,
    [batchId, chunkNo],
  );
}
