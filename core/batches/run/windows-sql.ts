import { sql } from "../../../db/sql-text.ts";
import { leastRows } from "./trip-batch.ts";

/**
 * So many chunks have room in the queue for each slot. One more waits there than is carried out, so that no slot idles while the
 * dispatcher fetches its next (200 empty chunks on two slots: 1.2 s without, 0.9 s with).
 */
export const queuedPerSlot = 2;

const leastRowsSql = sql.unsafe(String(leastRows));

/**
 * SQL for columns of a running batch: the `file` that it belongs to, `since` when it goes on, how many of its chunks take a place
 * in the window of the file, and whether more are `ready`. What has been in the queue for a minute counts no more, and for ten
 * seconds where the window is not open yet: a chunk that waits for another try holds up nobody.
 */
export const windowColumnsSql = sql`coalesce(bundle_id, id) as file, greatest(started_at, resumed_at) as since,
  (select count(*) from chunks where batch_id = batches.id and state = 'queued'
    and queued_at > now() - interval '1 minute') as queued,
  (select count(*) from chunks where batch_id = batches.id and state = 'queued'
    and queued_at > now() - interval '10 seconds') as "justQueued",
  exists (select from chunks where batch_id = batches.id and state = 'ready') as ready`;

/**
 * SQL for the windows of a statement that has the running batches in `live` and the room in the queue, in chunks, in `room`:
 * of each file with chunks ready those that it has in the queue, and the chunks that its window holds. Until as many rows of the
 * file have run as may trip it, these are as many as runs have ended, and one at first: it takes 200 customers of one row a few
 * turns, and of large ones few rows are at work. A run has a row at least, so that no more than so many runs are to be read.
 */
export const windowsSql = sql`files as materialized (
    select file, sum(queued)::int as queued, sum("justQueued")::int as "justQueued", min(since) as since
    from live group by file having bool_or(ready)
  ), width as materialized (
    select greatest(case when count(*) < (select chunks from room) then 2 else 1 end,
      (select chunks from room) / greatest(1, count(*)))::int as chunks from files
  ), windows as materialized (
    select file, case when enough then queued else "justQueued" end as queued,
      case when enough then width.chunks else least(width.chunks, greatest(1, runs)) end as chunks
    from files cross join width cross join lateral (
      select count(*)::int as runs, coalesce(sum(rows), 0) >= ${leastRowsSql} as enough from (
        select succeeded + unchanged + partial + failed as rows
        from batches join chunk_runs on chunk_runs.batch_id = batches.id
        where (batches.id = file or batches.bundle_id = file) and chunk_runs.ended_at >= since limit ${leastRowsSql}
      ) ended
    ) tried
  )`;
