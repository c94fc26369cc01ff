import type { Cause } from "../../../contract/codes.ts";
import { passwordMark, refusedPasswordMark, textFields } from "../../../contract/fields.ts";
import type { CoreContext } from "../../context.ts";
import { matchRows, type RowMatch } from "./match-rows.ts";
import { otherProblemsSql } from "./list-rows.ts";
import { csvLine } from "../../../files/csv/write-csv.ts";

type ResultRow = {
  rowNo: number;
  cells: string[];
  /** The username of a row that had none, where one was built. */
  builtName: string | null;
  state: string;
  code: string | null;
  message: string | null;
  otherProblems: Cause[] | null;
};

const pageRows = 2000;
const ownColumns = ["Muster row", "Muster outcome", "Muster code", "Muster message"];

/**
 * Writes a batch as CSV in pieces: the file's own header and cells, unchanged, with row number, outcome, code and message
 * behind them, then the cells that a row had too many, and the outcome in Partner Center's `Status update` where the file has that column. A
 * username that was built stands in the file's own column for it, or in one more, so that the file finds the same
 * users without the option that built them. A password that was refused leaves a mark that is refused as well. With `failedOnly`, only the rows that failed or ended partial: a file to mend and send again. Of both, only rows that match.
 */
export async function* writeResults(
  context: CoreContext,
  batchId: string,
  { failedOnly, ...match }: { failedOnly: boolean } & RowMatch,
): AsyncIterable<string> {
  const { sql } = context.db;
  const [table] = await sql<{ header: string[]; columns: (string | null)[]; upnPattern: string | null }[]>`
    select header, columns, options ->> 'upnPattern' as "upnPattern" from batches where id = ${batchId}`;
  if (table === undefined) return;
  const layout = layOut(table);
  yield `\uFEFF${csvLine([...layout.header, ...ownColumns])}`;
  for (let after = 0; ;) {
    const page = await sql<ResultRow[]>`
      select results.row_no as "rowNo", coalesce(to_json(rows.cells), '[]') as cells,
        case when rows.built is not null then rows.user_principal_name end as "builtName",
        results.state, results.code, results.message, ${sql.unsafe(otherProblemsSql)} as "otherProblems"
      from row_results results left join rows using (batch_id, row_no)
      where ${matchRows(sql, batchId, match)} and results.row_no > ${after}
        ${failedOnly ? sql`and results.code is not null and results.state in ('failed', 'partial')` : sql``}
      order by results.row_no limit ${pageRows}`;
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.map((row) => csvLine(resultCells(row, layout))).join("");
    after = last.rowNo;
  }
}

type Layout = { header: string[]; width: number; statusAt: number; nameAt: number; passwordAt: number };

/** Where the cells of a result file stand; a file without usernames has a column more where names were to be built. */
function layOut(table: { header: string[]; columns: (string | null)[]; upnPattern: string | null }): Layout {
  const width = table.header.length;
  const found = table.columns.indexOf("userPrincipalName");
  const added = found === -1 && table.upnPattern !== null;
  return {
    header: added ? [...table.header, textFields.userPrincipalName.label] : table.header,
    width,
    statusAt: table.columns.indexOf("statusUpdate"),
    nameAt: added ? width : found,
    passwordAt: table.columns.indexOf("password"),
  };
}

function resultCells(row: ResultRow, { header, width, statusAt, nameAt, passwordAt }: Layout): (string | null)[] {
  const message = messageOf(row);
  const cells = Array.from({ length: header.length }, (_, at) => (at < width ? (row.cells[at] ?? "") : ""));
  if (statusAt !== -1) cells[statusAt] = message === null ? row.state : `${row.state}: ${message}`;
  if (nameAt !== -1 && row.builtName !== null) cells[nameAt] = row.builtName;
  if (cells[passwordAt] === passwordMark && isPasswordRefused(row)) cells[passwordAt] = refusedPasswordMark;
  return [...cells, String(row.rowNo), row.state, row.code, message, ...row.cells.slice(width)];
}

function isPasswordRefused({ code, otherProblems }: ResultRow): boolean {
  return code === "password_invalid" || otherProblems?.some((other) => other.code === "password_invalid") === true;
}

/** All that is wrong with a row, in one cell. */
function messageOf({ message, otherProblems }: ResultRow): string | null {
  return otherProblems === null ? message : [message, ...otherProblems.map((other) => other.message)].join(" ");
}
