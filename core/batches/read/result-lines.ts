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
  /** In a file for many customers, which of its batches the row is of, from 0; null for a row that went into none. */
  child?: number | null;
};

/** The columns of a file, to write its results by. */
export type ResultTable = { header: string[]; columns: (string | null)[]; upnPattern: string | null };

/** The same of one batch of a file for many customers: the columns of the file, and those that the batch got later. */
export type ChildTable = ResultTable & { customer: string };

const ownColumns = ["Muster row", "Muster outcome", "Muster code", "Muster message"];

/**
 * Gives what writes the lines of a result file: the file's own header and cells, unchanged, with row number, outcome, code and
 * message behind them, then the cells that a row had too many, and the outcome in Partner Center's
 * `Status update` where the file has that column. A username that was built stands in the file's own column for it, or in one
 * more, so that the file finds the same users without the option that built them. A password that was refused leaves a mark
 * that is refused as well. A file for many customers has each column that one of `children` got later as well, and the customer
 * behind the message.
 */
export function resultLines(
  file: ResultTable,
  children: readonly ChildTable[] | null = null,
): { head: string; line: (row: ResultRow) => string } {
  const own = layOut(file);
  const header = [...own.header];
  const layouts = (children ?? []).map((child) => layOut(child));
  const places = layouts.map((layout) => placesIn(header, own.width, layout.header));
  return {
    head: `\uFEFF${csvLine([...header, ...ownColumns, ...(children === null ? [] : ["Muster customer"])])}`,
    line(row) {
      const at = row.child ?? -1;
      const layout = layouts[at] ?? own;
      const cells = header.map(() => "");
      for (const [column, cell] of fileCells(row, layout).entries()) cells[places[at]?.[column] ?? column] = cell;
      const customer = children === null ? [] : [children[at]?.customer ?? null];
      const beyond = row.cells.slice(layout.width);
      return csvLine([...cells, String(row.rowNo), row.state, row.code, messageOf(row), ...customer, ...beyond]);
    },
  };
}

/**
 * Where the columns of a batch stand in `header`, that of its file with `width` columns of its own: those behind them stand below
 * the same label, for which `header` gets a column where it has none.
 */
function placesIn(header: string[], width: number, labels: readonly string[]): number[] {
  return labels.map((label, at) => {
    if (at < width) return at;
    const found = header.indexOf(label, width);
    return found === -1 ? header.push(label) - 1 : found;
  });
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

/** The cells of a row below the header of its table. */
function fileCells(row: ResultRow, { header, width, statusAt, nameAt, passwordAt }: Layout): string[] {
  const message = messageOf(row);
  const cells = Array.from({ length: header.length }, (_, at) => (at < width ? (row.cells[at] ?? "") : ""));
  if (statusAt !== -1) cells[statusAt] = message === null ? row.state : `${row.state}: ${message}`;
  if (nameAt !== -1 && row.builtName !== null) cells[nameAt] = row.builtName;
  if (cells[passwordAt] === passwordMark && isPasswordRefused(row)) cells[passwordAt] = refusedPasswordMark;
  return cells;
}

function isPasswordRefused({ code, otherProblems }: ResultRow): boolean {
  return code === "password_invalid" || otherProblems?.some((other) => other.code === "password_invalid") === true;
}

/** All that is wrong with a row, in one cell. */
function messageOf({ message, otherProblems }: ResultRow): string | null {
  return otherProblems === null ? message : [message, ...otherProblems.map((other) => other.message)].join(" ");
}
