import type { RowPlan } from "../../../contract/batch.ts";
import { chunkRows, firstChunkRows } from "../../../contract/chunk.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { allRowsSql, countColumns, countStatesSql } from "../state/row-counts.ts";
import { chunkTransitions } from "../state/transitions.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";

const rowsSql = sql.unsafe(String(chunkRows));
/** How many rows the first chunk lacks to be as long as the others. */
const lackSql = sql.unsafe(String(chunkRows - firstChunkRows));

/**
 * Cuts the planned rows of a batch into chunks with their counts: one of 200 rows, which shows whether one cause
 * makes most of them fail before many are at work, and then of 1,000. Where the chunks are cut already,
 * only the counts are taken anew, of the chunks `only` or of all; the caller holds those chunks.
 */
export async function cutChunks(tx: Tx, batchId: string, only: readonly number[] | null): Promise<void> {
  await tx.rows(cutSql(batchId, only === null ? allSql(batchId) : someSql(batchId, only)));
}

/** The numbers of the chunks that the rows belong to. */
export async function chunksOf(tx: Tx, batchId: string, rowNos: readonly number[]): Promise<number[]> {
  const chunks = await tx.rows<{ no: number }>(
    sql`select distinct chunk.no from unnest(${rowNos}::int[]) touched (row_no)
      cross join lateral ${chunkOfSql(sql`${batchId}::uuid`, "touched.row_no")} chunk`,
  );
  return chunks.map(({ no }) => no);
}

/**
 * SQL for the chunk that the row `rowNo` of the batch belongs to, as a table of one row. Numbers of rows may have gaps, so a
 * chunk's number is at most the one that it had without; where there are none, that is the first to be looked at.
 */
export function chunkOfSql(batchId: SqlText, rowNo: string): SqlText {
  const row = sql.unsafe(rowNo);
  return sql`(
    select no, run from chunks where batch_id = ${batchId} and row_from <= ${row}
      and no <= (${row} + ${lackSql} - 1) / ${rowsSql} + 1 order by no desc limit 1)`;
}

const allSql = (batchId: string) => sql`(
  select *, (row_number() over (order by row_no) + (${cutLackSql(batchId)}) - 1) / ${rowsSql} + 1 as chunk_no
  from row_results where batch_id = ${batchId}) numbered`;

// A batch from before the first chunk was a short one keeps the chunks that it has.
const cutLackSql = (batchId: string) => sql`
  select case when bool_or(${allRowsSql} > ${firstChunkRows}::int)
    then 0 else ${lackSql} end
  from chunks where batch_id = ${batchId} and no = 1`;

const someSql = (batchId: string, only: readonly number[]) => sql`(
  select results.*, chunks.no as chunk_no from chunks join row_results results
    on results.batch_id = chunks.batch_id and results.row_no between chunks.row_from and chunks.row_to
  where chunks.batch_id = ${batchId} and chunks.no = any(${only}::int[])) numbered`;

const cutSql = (batchId: string, from: SqlText) => sql`
insert into chunks (batch_id, no, state, row_from, row_to, ${countColumns})
select ${batchId}::uuid, chunk_no, ${chunkTransitions.cut.to}, min(row_no), max(row_no), ${countStatesSql}
from ${from} group by 2
on conflict (batch_id, no) do update set pending = excluded.pending, succeeded = excluded.succeeded,
  unchanged = excluded.unchanged, partial = excluded.partial, failed = excluded.failed,
  cancelled = excluded.cancelled`;

/** How many rows of the batch are planned in each way, or of those in `rowNos`. */
export async function countPlan(tx: Tx, batchId: string, rowNos?: readonly number[]): Promise<Record<RowPlan, number>> {
  const counted = await tx.rows<{ plan: RowPlan; rows: number }>(
    sql`select plan, count(*)::int as rows from row_results
     where batch_id = ${batchId} ${rowNos === undefined ? sql`` : sql`and row_no = any(${rowNos})`} group by plan`,
  );
  return { ...emptyPlan, ...Object.fromEntries(counted.map(({ plan, rows }) => [plan, rows])) };
}

export const emptyPlan: Record<RowPlan, number> = {
  create: 0,
  update: 0,
  unchanged: 0,
  restore: 0,
  conflict: 0,
  invalid: 0,
  delete: 0,
  reset: 0,
  remove: 0,
};
