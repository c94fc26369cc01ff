import { createHash } from "node:crypto";
import type { FieldName } from "../../contract/fields.ts";
import { byteBlocks } from "./byte-blocks.ts";
import { chooseColumns, type Mapping } from "./choose-columns.ts";
import { decodeText, type DecodedText } from "./decode-text.ts";
import { findHeader, passedOver } from "./find-header.ts";
import { nameColumns } from "./name-columns.ts";
import { ownColumns } from "./own-columns.ts";
import { makeCsvParser } from "./parse-csv.ts";
import { refuseBinary, refuseOtherText } from "./refuse-other-formats.ts";
import { readingNotes } from "./reading-notes.ts";
import { cellTooLong, empty, tooManyColumns, truncated } from "./table-problems.ts";
import { tableRows, type PassedOver, type RawRow } from "./table-rows.ts";
import { readBackCell } from "./write-csv.ts";

/** Limits of one file, and what the agent says about it. */
export type TableOptions = {
  maxRows: number;
  maxColumns: number;
  /** In UTF-8 bytes. */
  maxCellBytes: number;
  /** Whether to hash the raw bytes; they are unless told. */
  hash?: boolean;
  mapping?: Mapping | undefined;
};

/** A table whose header is read and whose rows are still to come. */
export type Table = {
  header: string[];
  columns: (FieldName | null)[];
  /** Final after the rows are read: text may be plain ASCII for long. */
  encoding: () => string;
  delimiter: string;
  /** What was done to the file on the way in, one sentence each; final after the rows are read. */
  notes: () => string[];
  /** SHA-256 of the raw bytes in hex, once the rows are read. */
  sha256: () => string;
  /** Slabs of up to 1,000 rows; the source is read no faster than they are taken. */
  rows: AsyncIterable<RawRow[]>;
};

const blockLength = 65_536;

/**
 * Reads a CSV file of any of the dialects and encodings that admins have, streaming, in constant memory. Resolves as
 * soon as the header is found. The first data row is row 1; version, example and blank rows have no number.
 * @throws Problem upload_empty, upload_not_text, upload_json, header_unrecognised, header_ambiguous, mapping_invalid,
 * too_many_columns, cell_too_long, upload_truncated, encoding_undecodable; `rows` also throws upload_header_only and
 * too_many_rows
 */
export async function readTable(source: AsyncIterable<Uint8Array>, options: TableOptions): Promise<Table> {
  const hash = createHash("sha256");
  const blocks = byteBlocks(source, blockLength);
  const decoded = decodeText(watched(blocks, options.hash === false ? () => {} : (block) => hash.update(block)));
  try {
    const table = await readStart(decoded, options);
    return { ...table, sha256: () => hash.copy().digest("hex") };
  } catch (error) {
    await decoded.pieces.return(undefined);
    throw error;
  }
}

async function* watched(blocks: AsyncIterable<Buffer>, see: (block: Buffer) => unknown): AsyncGenerator<Buffer> {
  let first = true;
  for await (const block of blocks) {
    if (first) refuseBinary(block);
    first = false;
    see(block);
    yield block;
  }
}

async function readStart(decoded: DecodedText, options: TableOptions): Promise<Omit<Table, "sha256">> {
  const { head, complete } = await readHead(decoded);
  refuseOtherText(head);
  const { delimiter, headerAt } = findHeader(head, complete, Object.keys(options.mapping ?? {}));
  const parser = makeCsvParser(delimiter);
  const rows = parser.push(head);
  const open = parser.open();
  if (complete && !open.quoted) rows.push(...parser.end());
  const headerCells = rows[headerAt];
  if (headerCells === undefined) {
    const place = { rowNo: null, label: `Column ${open.column + 1}`, value: open.text };
    if (complete || headerAt === -1) throw open.quoted ? truncated(place) : empty();
    if (open.column >= options.maxColumns) throw tooManyColumns(null, open.column + 1, options.maxColumns);
    throw cellTooLong(place, options.maxCellBytes, open.quoted);
  }
  const first = rows.slice(headerAt + 1);
  const labels = nameColumns(headerCells, first);
  const own = ownColumns(labels);
  const header = own === null ? labels : own.map((at) => readBackCell(labels[at]!));
  if (labels.length > options.maxColumns) throw tooManyColumns(null, labels.length, options.maxColumns);
  const columns = chooseColumns(header, options.mapping);
  const passed: PassedOver = { version: 0, example: 0, blank: 0 };
  let above = 0;
  for (const cells of rows.slice(0, headerAt)) {
    const kind = passedOver(cells);
    if (kind === null) above++;
    else passed[kind]++;
  }
  return {
    header,
    columns,
    encoding: decoded.encoding,
    delimiter,
    notes: () => readingNotes({ passed, above, encoding: decoded.encoding(), header, columns, ours: own !== null }),
    rows: tableRows({
      header,
      columns,
      own,
      width: labels.length,
      parser,
      first,
      pieces: decoded.pieces,
      limits: options,
      passed,
    }),
  };
}

/** The beginning of the text, long enough to choose a delimiter by: 64 kB, or the whole where it is shorter. */
async function readHead(decoded: DecodedText): Promise<{ head: string; complete: boolean }> {
  let head = "";
  while (head.length < blockLength || head.trim() === "") {
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
