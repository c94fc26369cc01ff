import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { mayMoveSql, moveBatchesSql } from "../state/move-batches.ts";
import { openChunkSql } from "../state/move-chunks.ts";
import { type FinishedBatch, finishedColumnsSql, finishedTotalsSql } from "./finished-batch.ts";

/**
 * Finishes the batch along with the chunk `chunkNo` where that is its only one, so that a small batch is over when its
 * rows are, and gives what it came to; in either case it tells who watches the batch. The caller holds and has counted the
 * chunk. A batch that a retry or another hand holds is left to `advanceBatches`, as are batches of several chunks: of two last
 * ones that commit at once, neither sees the other.
 *
 * The commit of a chunk that leaves its batch unfinished does not wait for the disk. Where Postgres itself dies within that
 * second, the chunk is as it was before its run, with all that the run did, and runs again. Every commit that does wait
 * (the end of the batch, an agent's request, a download of passwords) makes all that came before it last.
 */
export async function finishBatch(tx: Tx, batchId: string, chunkNo: number): Promise<FinishedBatch | null> {
  const [finished] = await tx.rows<FinishedBatch | { batchId: null }>(finishSql(batchId, chunkNo));
  return finished === undefined || finished.batchId === null ? null : finished;
}

const overSql = (batchId: string, chunkNo: number) => sql`
  select id from batches
  where id = ${batchId} and ${mayMoveSql("finish")}
    and not exists (select from chunks where batch_id = ${batchId} and (no <> ${chunkNo} or ${openChunkSql}))
  for update skip locked`;

const finishSql = (batchId: string, chunkNo: number) => sql`
with finished as (
  ${moveBatchesSql("finish", { where: sql`id = (${overSql(batchId, chunkNo)})` })} returning *
)
select ${finishedColumnsSql}, case when finished.id is null then set_config('synchronous_commit', 'off', true) end as unsynced,
  pg_notify('muster_batch', ${batchId}) as told
from (select) one left join finished on true left join lateral ${finishedTotalsSql} totals on true`;
