import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { workColumns, workRows } from "../work-rows/work-table.ts";
import type { RowsOfChunk } from "../work-rows/add-chunk.ts";
import type { Outcome } from "../work-rows/outcome.ts";

/**
 * Writes how the rows from `rowFrom` to `rowTo` ended, one attempt more on each: those of `outcomes` as they say, all
 * others in the work table as succeeded.
 */
export async function writeOutcomes(tx: Tx, rows: RowsOfChunk, outcomes: readonly Outcome[]): Promise<void> {
  await tx.together(
    () => tx.rows(succeededSql(rows, outcomes)),
    ...(outcomes.length === 0 ? [] : [() => tx.rows(endedSql(rows, outcomes))]),
  );
}

const input = workColumns("input");
const inputRowNo = input.rowNo;
const inputUserId = input.userId;
const work = workRows;

// Without the range Postgres may choose to read the whole batch for each chunk of it.
function rangeSql({ batchId, rowFrom, rowTo }: RowsOfChunk): SqlText {
  return sql`results.batch_id = ${batchId} and results.row_no between ${rowFrom} and ${rowTo}`;
}

// What the plan told a row that is well: the name that was built for it.
const toldSql = sql`case when results.code is null then results.message end`;

function succeededSql(rows: RowsOfChunk, outcomes: readonly Outcome[]): SqlText {
  return sql`
update row_results results set state = 'succeeded', step = null, code = null, field = null, message = ${toldSql},
  user_id = ${inputUserId}, attempts = attempts + 1
from ${work} input
where ${rangeSql(rows)} and results.row_no = ${inputRowNo}
  and ${inputRowNo} <> all(${outcomes.map(({ rowNo }) => rowNo)}::int[])`;
}

function endedSql(rows: RowsOfChunk, outcomes: readonly Outcome[]): SqlText {
  return sql`
update row_results results set state = ended.state, step = ended.step, code = ended.code, field = ended.field,
  message = coalesce(ended.message, ${toldSql}),
  user_id = case when of_input then ${inputUserId} else ended.user_id end, attempts = attempts + 1
from unnest(
  ${outcomes.map(({ rowNo }) => rowNo)}::int[], ${outcomes.map(({ state }) => state)}::text[],
  ${outcomes.map(({ step }) => step)}::text[], ${outcomes.map(({ cause }) => cause?.code ?? null)}::text[],
  ${outcomes.map(({ cause }) => cause?.field ?? null)}::text[],
  ${outcomes.map(({ cause }) => cause?.message ?? null)}::text[],
  ${outcomes.map(({ userId }) => userId ?? null)}::uuid[],
  ${outcomes.map(({ userId }) => userId === undefined)}::boolean[]
) ended (row_no, state, step, code, field, message, user_id, of_input)
left join ${work} input using (row_no)
where ${rangeSql(rows)} and results.row_no = ended.row_no`;
}
