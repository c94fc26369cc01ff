import type { CoreContext } from "../../context.ts";
import { matchRows, type RowMatch } from "./match-rows.ts";
import { otherProblemsSql } from "./list-rows.ts";
import { type ResultRow, resultLines, type ResultTable } from "./result-lines.ts";

const pageRows = 2000;

/** Columns of a `ResultRow`, for SQL over `row_results results` joined with `rows`. */
export const resultColumns = `
  results.row_no as "rowNo", coalesce(to_json(rows.cells), '[]') as cells,
  case when rows.built is not null then rows.user_principal_name end as "builtName",
  results.state, results.code, results.message, ${otherProblemsSql} as "otherProblems"`;

/** Rows that a file to mend and send again has, for SQL over `row_results results`. */
export const failedRows = "results.code is not null and results.state in ('failed', 'partial')";

/**
 * Writes a batch as CSV in pieces. With `failedOnly`, only the rows that failed or ended partial: a file to mend and send
 * again. Of both, only rows that match.
 */
export async function* writeResults(
  context: CoreContext,
  batchId: string,
  { failedOnly, ...match }: { failedOnly: boolean } & RowMatch,
): AsyncIterable<string> {
  const { sql } = context.db;
  const [table] = await sql<ResultTable[]>`
    select header, columns, options ->> 'upnPattern' as "upnPattern" from batches where id = ${batchId}`;
  if (table === undefined) return;
  const { head, line } = resultLines(table);
  yield head;
  for (let after = 0; ;) {
    const page = await sql<ResultRow[]>`
      select ${sql.unsafe(resultColumns)}
      from row_results results left join rows using (batch_id, row_no)
      where ${matchRows(sql, batchId, match)} and results.row_no > ${after}
        ${failedOnly ? sql`and ${sql.unsafe(failedRows)}` : sql``}
      order by results.row_no limit ${pageRows}`;
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.map(line).join("");
    after = last.rowNo;
  }
}
