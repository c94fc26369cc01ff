import type { Operation } from "../../../contract/operations.ts";
import type { Database } from "../../../db/open-database.ts";
import { sql } from "../../../db/sql-text.ts";
import { moveChunksSql } from "../state/move-chunks.ts";

/** A chunk on its way through the queue, with all that its job is named by. */
export type QueuedChunk = {
  batchId: string;
  batchNo: number;
  chunkNo: number;
  run: number;
  operation: Operation;
  customerId: string;
  domain: string;
  rowFrom: number;
  rowTo: number;
  /** Rows that the run is about. */
  pending: number;
  /** The trace that the run belongs to. */
  traceparent: string | null;
};

/**
 * Takes ready chunks of the running batches for the queue, each under its next run. Every file gets a window of `live slots ÷
 * files with work` chunks, so that a batch of three never waits behind a batch of a million; all batches of a file for many
 * customers share one window, which they fill in turns. A window holds two chunks at least, because a batch would idle between
 * two of its chunks, or one where there are as many files as slots. What has been in the queue for a minute counts no more: a
 * chunk that waits for another try holds up nobody. One statement: of two dispatchers that pick the same chunk, the second
 * leaves it.
 */
export async function claimChunks(db: Database, liveSlots: number): Promise<QueuedChunk[]> {
  return await db.sql<QueuedChunk[]>`
    with live as materialized (
      select id, no, operation, customer_id, traceparent, coalesce(bundle_id, id) as file,
        (select count(*) from chunks where batch_id = batches.id and state = 'queued'
          and queued_at > now() - interval '1 minute') as queued,
        exists (select from chunks where batch_id = batches.id and state = 'ready') as ready
      from batches where state = 'running'
    ), files as materialized (
      select file, sum(queued)::int as queued from live group by file having bool_or(ready)
    ), width as materialized (
      select greatest(case when count(*) < ${liveSlots}::int then 2 else 1 end,
        ${liveSlots}::int / greatest(1, count(*)))::int as chunks from files
    ), picked as materialized (
      -- Inlined, the windows would be cut once for each ready chunk.
      select chunk.batch_id, chunk.no
      from files cross join width cross join lateral (
        select next.batch_id, next.no from live cross join lateral (
          select batch_id, no from chunks where batch_id = live.id and state = 'ready'
          order by no limit greatest(0, width.chunks - files.queued)
        ) next
        where live.file = files.file and live.ready and files.queued < width.chunks
        order by next.no, live.no limit greatest(0, width.chunks - files.queued)
      ) chunk
    ), locked as (
      -- A chunk that another dispatcher or a cancel holds is none of ours, and waiting for it could be a deadlock.
      select batch_id, no from chunks join picked using (batch_id, no)
      where chunks.state = 'ready' order by batch_id, no for update of chunks skip locked
    ), claimed as (
      ${db.sql.unsafe(claimSql.constant())} returning chunks.*
    )
    select claimed.batch_id as "batchId", live.no as "batchNo", claimed.no as "chunkNo", claimed.run,
      live.operation, live.customer_id as "customerId", claimed.row_from as "rowFrom", claimed.row_to as "rowTo", claimed.pending,
      live.traceparent,
      coalesce((select name from domains where customer_id = live.customer_id and is_default), '') as domain
    from claimed join live on live.id = claimed.batch_id
    order by claimed.no, live.no`;
}

const claimSql = moveChunksSql("claim", {
  from: sql`locked`,
  where: sql`chunks.batch_id = locked.batch_id and chunks.no = locked.no`,
});
