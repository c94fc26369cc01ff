import type { Cause } from "../../../contract/codes.ts";
import { passwordMark, refusedPasswordMark, textFields } from "../../../contract/fields.ts";
import { csvLine } from "../../../files/csv/write-csv.ts";

/** A row as a result file has it. */
export type ResultRow = {
  rowNo: number;
  cells: string[];
  /** The username of a row that had none, where one was built. */
  builtName: string | null;
  state: string;
  code: string | null;
  message: string | null;
  otherProblems: Cause[] | null;
  /** Of a file for many customers. */
  customer?: string | null;
};

/** The columns of a file, to write its results by. */
export type ResultTable = { header: string[]; columns: (string | null)[]; upnPattern: string | null };

const ownColumns = ["Muster row", "Muster outcome", "Muster code", "Muster message"];

/**
 * Gives what writes the lines of a result file: the file's own header and cells, unchanged, with row number, outcome, code and
 * message behind them, and the customer where rows are of several, then the cells that a row had too many, and the outcome in Partner Center's
 * `Status update` where the file has that column. A username that was built stands in the file's own column for it, or in one
 * more, so that the file finds the same users without the option that built them. A password that was refused leaves a mark
 * that is refused as well.
 */
export function resultLines(
  table: ResultTable,
  { customers }: { customers: boolean } = { customers: false },
): { head: string; line: (row: ResultRow) => string } {
  const layout = layOut(table);
  return {
    head: `\uFEFF${csvLine([...layout.header, ...ownColumns, ...(customers ? ["Muster customer"] : [])])}`,
    line: (row) => csvLine(resultCells(row, layout, customers ? [row.customer ?? null] : [])),
  };
}

type Layout = { header: string[]; width: number; statusAt: number; nameAt: number; passwordAt: number };

/** Where the cells of a result file stand; a file without usernames has a column more where names were to be built. */
function layOut(table: ResultTable): Layout {
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

function resultCells(
  row: ResultRow,
  { header, width, statusAt, nameAt, passwordAt }: Layout,
  more: readonly (string | null)[],
): (string | null)[] {
  const message = messageOf(row);
  const cells = Array.from({ length: header.length }, (_, at) => (at < width ? (row.cells[at] ?? "") : ""));
  if (statusAt !== -1) cells[statusAt] = message === null ? row.state : `${row.state}: ${message}`;
  if (nameAt !== -1 && row.builtName !== null) cells[nameAt] = row.builtName;
  if (cells[passwordAt] === passwordMark && isPasswordRefused(row)) cells[passwordAt] = refusedPasswordMark;
  return [...cells, String(row.rowNo), row.state, row.code, message, ...more, ...row.cells.slice(width)];
}

function isPasswordRefused({ code, otherProblems }: ResultRow): boolean {
  return code === "password_invalid" || otherProblems?.some((other) => other.code === "password_invalid") === true;
}

/** All that is wrong with a row, in one cell. */
function messageOf({ message, otherProblems }: ResultRow): string | null {
  return otherProblems === null ? message : [message, ...otherProblems.map((other) => other.message)].join(" ");
}
