import type { RowPlan } from "../../../contract/batch.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { chunkTransitions } from "../state/transitions.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";

/** Rows of a chunk: 500 to 2,000 were measured alike, 100 cost 40 % more. */
const chunkRows = 1000;

const countsSql = sql`min(row_no), max(row_no),
  count(*) filter (where state = 'pending'), count(*) filter (where state = 'succeeded'),
  count(*) filter (where state = 'unchanged'), count(*) filter (where state = 'partial'),
  count(*) filter (where state = 'failed'), count(*) filter (where state = 'cancelled')`;

/**
 * Cuts the planned rows of a batch into chunks of 1,000 row numbers with their counts. Where the chunks are cut already,
 * only the counts are taken anew, of the chunks `only` or of all; the caller holds those chunks.
 */
export async function cutChunks(tx: Tx, batchId: string, only: readonly number[] | null): Promise<void> {
  if (only === null) await tx.rows(cutSql(batchId, sql`row_results where batch_id = ${batchId}`));
  else await tx.rows(cutSql(batchId, someSql(batchId, only)));
}

/** The number of the chunk that a row belongs to. */
export function chunkOf(rowNo: number): number {
  return Math.floor((rowNo - 1) / chunkRows) + 1;
}

/** SQL for the number of the chunk that the row `rowNo` belongs to. */
export function chunkOfSql(rowNo: string): SqlText {
  return sql.unsafe(`((${rowNo} - 1) / ${chunkRows} + 1)`);
}

const someSql = (
  batchId: string,
  only: readonly number[],
) => sql`unnest(${only}::int[]) touched (chunk_no) join row_results
  on batch_id = ${batchId} and row_no between (chunk_no - 1) * ${chunkRows}::int + 1 and chunk_no * ${chunkRows}::int`;

const cutSql = (batchId: string, from: SqlText) => sql`
insert into chunks (batch_id, no, state, row_from, row_to, pending, succeeded, unchanged, partial, failed, cancelled)
select ${batchId}::uuid, ${chunkOfSql("row_no")}, ${chunkTransitions.cut.to}, ${countsSql}
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
