import { blockRows } from "./block-rows.ts";
import { passwordMark, type FieldName } from "../../contract/fields.ts";
import type { Cause } from "../../contract/codes.ts";
import { type PassedOver, passedOver } from "../header/find-header.ts";
import { headerCheck } from "../header/header-again.ts";
import { holdsSecrets } from "../header/recognise-header.ts";
import { damagedCell, secondTable, tooWide } from "../rows/row-problems.ts";
import type { RowSource } from "./row-source.ts";
import { cellTooLong, headerOnly, tooManyColumns, tooManyRows, type Place } from "./table-problems.ts";
import { readBackCell } from "../csv/write-csv.ts";

/** One row of a file: as many cells as the header, more only where `problem` says so. */
export type RawRow = { rowNo: number; cells: string[]; problem: Cause | null };

/** What the rows of a table are read with. */
export type RowsReading = {
  header: string[];
  columns: (FieldName | null)[];
  /** For a file that Muster wrote, the columns that are kept; its cells are guarded against formulas. */
  own: number[] | null;
  /** Columns in the file; `header` has fewer where `own` leaves some out. */
  width: number;
  /** Rows under the header that are read already. */
  first: string[][];
  /** The rows that follow. */
  source: RowSource;
  limits: { maxRows: number; maxColumns: number; maxCellBytes: number };
  passed: PassedOver;
};

/** The rows under the header, in blocks of up to 1,000. @throws Problem as `readTable` says of its rows */
export async function* tableRows(reading: RowsReading): AsyncGenerator<RawRow[]> {
  const { source, limits, passed } = reading;
  const take = rowTaker(reading);
  let block: RawRow[] = [];
  let rowNo = 0;
  let ended = false;
  const here = (column: number, value: string) => placeOf(reading, rowNo + 1, column, value);
  try {
    for (let rows: string[][] | null = reading.first; rows !== null; rows = await source.next(here)) {
      for (const cells of rows) {
        if (ended) {
          if (passedOver(cells) === null) passed.beyond++;
          continue;
        }
        const row = take(cells, rowNo + 1);
        if (row === null) continue;
        // The rest is read and not used: the hash is of the whole file, and what is left out is counted.
        ended = row.problem?.code === "second_table";
        if (++rowNo > limits.maxRows) throw tooManyRows(limits.maxRows);
        if (block.push(row) < blockRows) continue;
        yield block;
        block = [];
      }
    }
    if (rowNo === 0) throw headerOnly(reading.header);
    if (block.length > 0) yield block;
  } finally {
    await source.stop();
  }
}

function rowTaker(reading: RowsReading): (cells: string[], rowNo: number) => RawRow | null {
  const { header, columns, own, limits, passed } = reading;
  // Confirm password and the like: no field takes them, and a password must not become a cell.
  const secret = header.flatMap((label, at) => (columns[at] !== "password" && holdsSecrets(label) ? [at] : []));
  const firstSecret = columns.findIndex((field, at) => field === "password" || secret.includes(at));
  const checkHeader = headerCheck(header);
  const surelyShort = Math.floor(limits.maxCellBytes / 3);
  return (given, rowNo) => {
    const over = passedOver(given);
    if (over !== null) {
      passed[over]++;
      return null;
    }
    const cells = own === null ? given : takeBack(given, own, reading.width);
    const again = checkHeader(cells);
    if (again === "same") {
      passed.header++;
      return null;
    }
    while (cells.length > header.length && cells.at(-1)!.trim() === "") cells.pop();
    while (cells.length < header.length) cells.push("");
    if (cells.length > limits.maxColumns) throw tooManyColumns(rowNo, cells.length, limits.maxColumns);
    let damaged = false;
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at]!;
      if (cell.length > surelyShort && Buffer.byteLength(cell) > limits.maxCellBytes) {
        throw cellTooLong(placeOf(reading, rowNo, at, cell), limits.maxCellBytes, cell.includes("\n"));
      }
      if (cell.includes("\uFFFD")) damaged = true;
    }
    // A row out of step may have its password anywhere behind its place.
    if (cells.length > header.length && firstSecret !== -1) {
      for (let at = firstSecret; at < cells.length; at++) hideCell(cells, at);
    }
    let problem = cells.length > header.length ? tooWide(rowNo, cells, header.length) : null;
    if (again === "other") problem = secondTable(rowNo, cells);
    if (damaged) problem ??= damagedCell(rowNo, cells, header, columns);
    for (const at of secret) hideCell(cells, at);
    return { rowNo, cells, problem };
  };
}

/**
 * The cells as they were before Muster wrote them. The guard is undone here and nowhere later, so the cells that are
 * stored are those of the first file, however often it comes back.
 */
function takeBack(cells: string[], own: number[], width: number): string[] {
  const kept = own.map((at) => cells[at] ?? "");
  return [...kept, ...cells.slice(width)].map(readBackCell);
}

function hideCell(cells: string[], at: number): void {
  if (cells[at]!.trim() !== "") cells[at] = passwordMark;
}

/** Where a cell stands. A cell that a quote keeps open may run over passwords: with those in the file it is not shown. */
function placeOf({ header, columns }: RowsReading, rowNo: number, column: number, value: string): Place {
  const secret = columns.includes("password") || header.some(holdsSecrets);
  return { rowNo, label: header[column] ?? `Column ${column + 1}`, value: secret ? null : value };
}
