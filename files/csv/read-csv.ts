import { decodeText, type DecodedText } from "../bytes/decode-text.ts";
import { csvRows } from "./csv-rows.ts";
import { dialectNotes, findDialect, quoteNotes } from "./find-dialect.ts";
import { makeTable, type TableTop } from "../table/make-table.ts";
import { makeCsvParser } from "./parse-csv.ts";
import { refuseOtherText } from "../bytes/refuse-other-formats.ts";
import type { Table, TableOptions } from "../table/table.ts";
import { cellTooLong, empty, tooManyColumns, truncated } from "../table/table-problems.ts";

const headLength = 65_536;

/** Reads delimited text. @throws Problem as `readTable` says of text */
export async function readCsv(blocks: AsyncIterable<Buffer>, options: TableOptions): Promise<Omit<Table, "sha256">> {
  return makeTable(await openCsv(blocks, options), options);
}

/**
 * Finds how a text is written and where its header stands, whatever its columns are called.
 * @throws Problem upload_empty, upload_not_text, upload_json, upload_truncated, too_many_columns, cell_too_long
 */
export async function openCsv(blocks: AsyncIterable<Buffer>, options: TableOptions): Promise<TableTop> {
  const decoded = decodeText(blocks);
  const { head: start, complete } = await readHead(decoded);
  refuseOtherText(start);
  const dialect = findDialect(start, complete, Object.keys(options.mapping ?? {}));
  const { head, delimiter, quote, headerAt, header } = dialect;
  const parser = makeCsvParser(delimiter, quote);
  const rows = parser.push(head);
  const open = parser.open();
  if (complete && !open.quoted) rows.push(...parser.end());
  if (rows[headerAt] === undefined) {
    const place = { rowNo: null, label: `Column ${open.column + 1}`, value: open.text };
    if (complete || headerAt === -1) throw open.quoted ? truncated(place) : empty();
    if (open.column >= options.maxColumns) throw tooManyColumns(null, open.column + 1, options.maxColumns);
    throw cellTooLong(place, options.maxCellBytes, open.quoted);
  }
  if (header !== null) rows[headerAt] = header;
  const source = csvRows(parser, decoded.pieces, options);
  const { encoding } = decoded;
  const sheetNotes =
    options.sheet === undefined ? [] : ["The file is text, which has no sheets; the option sheet did nothing."];
  const notes = () => [...dialectNotes(dialect), ...quoteNotes(parser.oddQuotes()), ...sheetNotes];
  return { rows, headerAt, source, encoding, delimiter, sheets: null, notes };
}

/** The beginning of the text, long enough to choose a delimiter by: 64 kB, or the whole where it is shorter. */
async function readHead(decoded: DecodedText): Promise<{ head: string; complete: boolean }> {
  let head = "";
  while (head.length < headLength || head.trim() === "") {
    const piece = await decoded.pieces.next();
    if (piece.done === true) return { head: withValues(head), complete: true };
    head = head.trim() === "" ? piece.value : head + piece.value;
  }
  return { head: withValues(head), complete: false };
}

function withValues(head: string): string {
  if (!/[^\s,;|]/.test(head)) throw empty();
  return head;
}
