import type { Database } from "../../../db/open-database.ts";
import { sql } from "../../../db/sql-text.ts";
import { moveChunksSql } from "../state/move-chunks.ts";
import type { QueuedChunk } from "../../queued-chunk.ts";
import { queuedColumnsSql } from "../state/queued-columns-sql.ts";
import { windowColumnsSql, windowsSql } from "./windows-sql.ts";

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
    select ${db.sql.unsafe(queuedColumnsSql.constant())}
    from claimed join live on live.id = claimed.batch_id
    order by claimed.no, live.no`;
}

const claimSql = moveChunksSql("claim", {
  from: sql`locked`,
  where: sql`chunks.batch_id = locked.batch_id and chunks.no = locked.no`,
});
