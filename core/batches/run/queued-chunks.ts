import type { Operation } from "../../../contract/operations.ts";
import type { Database } from "../../../db/open-database.ts";
import { sql } from "../../../db/sql-text.ts";
import { moveChunksSql } from "../state/move-chunks.ts";

/** What finds the job of a queued chunk. */
export type QueuedRun = { batchId: string; chunkNo: number; run: number; operation: Operation };

/** Chunks that have been in the queue for `seconds` or longer, for the dispatcher to look after; at most 1,000. */
export async function queuedChunks(db: Database, seconds: number): Promise<QueuedRun[]> {
  return await db.sql<QueuedRun[]>`
    select chunks.batch_id as "batchId", chunks.no as "chunkNo", chunks.run, batches.operation
    from chunks join batches on batches.id = chunks.batch_id
    where chunks.state = 'queued' and chunks.queued_at <= now() - make_interval(secs => ${seconds})
    order by chunks.queued_at limit 1000`;
}

/** Makes chunks whose job is lost ready again. A chunk that moved on under another run, or that somebody holds, stays as it is. */
export async function releaseLostChunks(db: Database, lost: readonly QueuedRun[]): Promise<void> {
  if (lost.length === 0) return;
  await db.sql`
    with locked as (
      select batch_id, no from chunks
      join unnest(${lost.map((chunk) => chunk.batchId)}::uuid[], ${lost.map((chunk) => chunk.chunkNo)}::int[],
        ${lost.map((chunk) => chunk.run)}::int[]) lost (batch_id, no, run) using (batch_id, no, run)
      where chunks.state = 'queued' order by batch_id, no for update of chunks skip locked
    )
    ${db.sql.unsafe(releaseSql.constant())}`;
}

const releaseSql = moveChunksSql("putBack", {
  from: sql`locked`,
  where: sql`chunks.batch_id = locked.batch_id and chunks.no = locked.no`,
});
