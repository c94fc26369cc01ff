import type { Operation } from "../../../contract/operations.ts";
import type { Database } from "../../../db/open-database.ts";
import { sql } from "../../../db/sql-text.ts";
import { moveChunksSql } from "../state/move-chunks.ts";
import { windowColumnsSql, windowsSql } from "./windows-sql.ts";

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
 * Takes ready chunks of the running batches for the queue, which has room for so many, each under its next run. Every file gets a
 * window of `room ÷ files with work` chunks, so that a batch of three never waits behind a batch of a million; all batches of
 * a file for many customers share one window, which they fill in turns. A window holds two chunks at least, because a batch
 * would idle between two of its chunks, or one where there are as many files as room. It starts at one and grows with each run
 * of the file since it was started, retried or resumed, so that a cause that makes most rows fail pauses it before many are at work.
 * One statement: of two dispatchers that pick the same chunk, the second leaves it.
 */
export async function claimChunks(db: Database, room: number): Promise<QueuedChunk[]> {
  return await db.sql<QueuedChunk[]>`
    with live as materialized (
      select id, no, operation, customer_id, traceparent, ${db.sql.unsafe(windowColumnsSql.constant())}
      from batches where state = 'running'
    ), room as (
      select ${room}::int as chunks
    ), ${db.sql.unsafe(windowsSql.constant())}, picked as materialized (
      -- Inlined, the windows would be cut once for each ready chunk.
      select chunk.batch_id, chunk.no
      from windows cross join lateral (
        select next.batch_id, next.no from live cross join lateral (
          select batch_id, no from chunks where batch_id = live.id and state = 'ready'
          order by no limit greatest(0, windows.chunks - windows.queued)
        ) next
        where live.file = windows.file and live.ready and windows.queued < windows.chunks
        order by next.no, live.no limit greatest(0, windows.chunks - windows.queued)
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
