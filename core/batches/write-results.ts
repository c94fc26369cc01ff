import type { CoreContext } from "../context.ts";
import { csvLine } from "../spreadsheets/write-csv.ts";

type ResultRow = { rowNo: number; cells: string[]; state: string; code: string | null; message: string | null };

const pageRows = 2000;
const ownColumns = ["Muster row", "Muster outcome", "Muster code", "Muster message"];

/**
 * Writes a batch as CSV in pieces: the file's own header and cells, unchanged, with row number, outcome, code and message
 * behind them, then the cells that a row had too many, and the outcome in Partner Center's `Status update` where the file has that column. With `failedOnly`,
 * only the rows that failed or ended partial: a file to mend and send again.
 */
export async function* writeResults(
  context: CoreContext,
  batchId: string,
  { failedOnly }: { failedOnly: boolean },
): AsyncIterable<string> {
  const { sql } = context.db;
  const [table] = await sql<{ header: string[]; columns: (string | null)[] }[]>`
    select header, columns from batches where id = ${batchId}`;
  if (table === undefined) return;
  const statusAt = table.columns.indexOf("statusUpdate");
  yield `\uFEFF${csvLine([...table.header, ...ownColumns])}`;
  for (let after = 0; ;) {
    const page = await sql<ResultRow[]>`
      select results.row_no as "rowNo", coalesce(to_json(rows.cells), '[]') as cells, results.state, results.code,
        results.message
      from row_results results left join rows using (batch_id, row_no)
      where results.batch_id = ${batchId} and results.row_no > ${after}
        ${failedOnly ? sql`and results.code is not null and results.state in ('failed', 'partial')` : sql``}
      order by results.row_no limit ${pageRows}`;
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.map((row) => csvLine(resultCells(row, table.header.length, statusAt))).join("");
    after = last.rowNo;
  }
}

function resultCells(row: ResultRow, width: number, statusAt: number): (string | null)[] {
  const cells = Array.from({ length: width }, (_, at) => row.cells[at] ?? "");
  if (statusAt !== -1) cells[statusAt] = row.message === null ? row.state : `${row.state}: ${row.message}`;
  return [...cells, String(row.rowNo), row.state, row.code, row.message, ...row.cells.slice(width)];
}
