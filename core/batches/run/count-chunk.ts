import type { CauseCode } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { moveChunksSql } from "../state/move-chunks.ts";
import { countStatesSql, setCountsSql } from "../state/row-counts.ts";
import type { ChunkTarget } from "./hold-chunk.ts";

/** The rows of a chunk that ran and ended failed, and those that ended partial, each by cause. */
export type RowFaults = { failed: Record<string, number>; partial: Record<string, number> };

/** What a chunk comes to: its faults, and the rows that have succeeded in this run, where no run before it did the same. */
type ChunkCount = RowFaults & { succeeded: number };

/**
 * Counts the rows of a chunk anew and ends it, or makes it ready again where a retry reopened rows after the run had read
 * them; gives, by cause, the rows that ran and ended failed or partial. Counted from the rows, never from what a run did,
 * so that a chunk that runs twice still tells the truth. `failed` is kept along with what the run did.
 */
export async function countChunk(
  tx: Tx,
  chunk: ChunkTarget,
  rows: { rowFrom: number; rowTo: number },
  failed: Partial<Record<CauseCode, number>>,
): Promise<ChunkCount> {
  const [counted] = await tx.rows<Partial<ChunkCount>>(countSql(chunk, rows, failed));
  return { failed: counted?.failed ?? {}, partial: counted?.partial ?? {}, succeeded: counted?.succeeded ?? 0 };
}

const countSql = (
  { batchId, chunkNo }: ChunkTarget,
  { rowFrom, rowTo }: { rowFrom: number; rowTo: number },
  causes: Partial<Record<CauseCode, number>>,
) => sql`
with results as materialized (
  select state, code, attempts from row_results where batch_id = ${batchId} and row_no between ${rowFrom} and ${rowTo}
), counts as materialized (
  select ${countStatesSql} from results
), noted as (
  -- The chunk as it was before this statement: what is more now, this run did.
  insert into chunk_runs (batch_id, chunk_no, ended_at, succeeded, unchanged, partial, failed, causes)
  select batch_id, no, now(), counts.succeeded - chunks.succeeded, counts.unchanged - chunks.unchanged,
    counts.partial - chunks.partial, counts.failed - chunks.failed, ${JSON.stringify(causes)}::jsonb
  from chunks cross join counts
  where batch_id = ${batchId} and no = ${chunkNo} and chunks.pending > counts.pending
  returning succeeded
), counted as (
  ${moveChunksSql("end", {
    set: setCountsSql,
    from: sql`counts`,
    where: sql`batch_id = ${batchId} and no = ${chunkNo}`,
    pending: sql`counts.pending`,
  })}
)
select json_object_agg(code, rows) filter (where state = 'failed') as failed,
  json_object_agg(code, rows) filter (where state = 'partial') as partial,
  (select succeeded from noted) as succeeded
from (
  select state, code, count(*) as rows from results
  where code is not null and state in ('failed', 'partial') and attempts > 0 group by state, code) causes`;
