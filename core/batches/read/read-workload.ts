import type { BatchState } from "../../../contract/batch.ts";
import type { ChunkState } from "../../../contract/chunk.ts";
import type { Operation } from "../../../contract/operations.ts";
import type { Database } from "../../../db/open-database.ts";
import { livingSql } from "../run/heartbeat.ts";
import { queuedPerSlot, windowColumnsSql, windowsSql } from "../run/windows-sql.ts";
import { openChunkSql } from "../state/move-chunks.ts";

/** What there is to do, over all customers and all processes. */
export type Workload = {
  /** Batches that have not ended, by state. */
  batches: Partial<Record<BatchState, number>>;
  /** Of the running batches: chunks that wait for the queue, and those in it or at work. */
  chunks: Partial<Record<ChunkState, number>>;
  /** Their rows that wait or are at work. */
  rowsWaiting: Partial<Record<Operation, number>>;
  /** Since when the first of these rows waits, its pauses aside; 0 where none does. */
  oldestSeconds: number;
  /** Worker processes that live, and the chunks that they run at once. */
  workers: number;
  slots: number;
  /** Room in the queue for the chunks of files that have more of them ready, and what of it is taken: more where a file has just come. */
  windows: { total: number; taken: number };
};

/** Counts what there is to do. It reads what has not ended and no more, however much there was before. */
export async function readWorkload({ sql }: Pick<Database, "sql">): Promise<Workload> {
  const [workload] = await sql<Workload[]>`
    with live as materialized (
      select id, operation, started_at, paused_ms, ${sql.unsafe(windowColumnsSql.constant())}
      from batches where state = 'running'
    ), open as materialized (
      select live.operation, chunks.state, count(*) as chunks, sum(chunks.pending) as rows
      from live join chunks on chunks.batch_id = live.id and ${sql.unsafe(openChunkSql.constant())} group by 1, 2
    ), living as (
      select count(*)::int as workers, coalesce(sum(slots), 0)::int as slots
      from workers where ${sql.unsafe(livingSql)}
    ), room as (
      select slots * ${queuedPerSlot}::int as chunks from living
    ), ${sql.unsafe(windowsSql.constant())}
    select
      (select coalesce(json_object_agg(state, count), '{}') from (
        select state, count(*) from batches where ${sql.unsafe(openBatchSql)} group by state) counted) as batches,
      (select coalesce(json_object_agg(state, count), '{}') from (
        select state, sum(chunks) as count from open group by state) counted) as chunks,
      (select coalesce(json_object_agg(operation, rows), '{}') from (
        select operation, sum(rows) as rows from open group by operation) counted) as "rowsWaiting",
      (select coalesce(max(extract(epoch from now() - started_at) - paused_ms / 1000.0), 0)::float8
        from live) as "oldestSeconds",
      (select json_build_object('total', coalesce(sum(chunks), 0), 'taken', coalesce(sum(queued), 0))
        from windows) as windows,
      living.workers, living.slots
    from living`;
  if (workload === undefined) throw new Error("the database counted nothing");
  return workload;
}

/** As the index of open batches says it. */
const openBatchSql = "batches.state not in ('finished', 'cancelled', 'rejected')";
