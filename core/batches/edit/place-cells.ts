import type { RowChange } from "../../../contract/batch.ts";
import { quoteValue } from "../../../contract/codes.ts";
import { fieldLabel, fieldNames, type FieldName } from "../../../contract/fields.ts";
import { Problem } from "../../../contract/problem.ts";
import { columnFinder } from "../../../files/columns/choose-columns.ts";
import { recogniseHeader } from "../../../files/header/recognise-header.ts";
import { tooManyColumns } from "../../../files/table/table-problems.ts";

type Columns = { header: string[]; columns: (FieldName | null)[] };

/** Which cells change: by the place of their columns, from 0. */
export type PlacedRow = { rowNo: number; cells: ReadonlyMap<number, string> };

/** A batch's columns, and how many of these are new at the end. */
export type Widened = Columns & { added: number };

/** Changes of cells with the columns that they are about. */
export type Placed = Widened & { rows: PlacedRow[] };

const mostColumns = 2000;
/** The place of the first cell beyond the header, until it is known how long that is; the next ones lie below it. */
const firstBeyond = -2;

/**
 * Finds the columns that `changes` name: by the header's label, by a field, or by a label that reads the same. A field
 * without a column gets a new one at the end. `Column 5` beyond the header is the cell that a row has too many.
 * @throws Problem body_invalid for what is neither, naming row and column; too_many_columns
 */
export function placeCells({ header, columns }: Columns, changes: readonly RowChange[]): Placed {
  const now = { header: [...header], columns: [...columns], find: columnFinder(header) };
  const places = new Map<string, number>();
  const rows = changes.map(({ rowNo, values }) => {
    const cells = new Map<number, string>();
    for (const [name, value] of Object.entries(values)) {
      const at = places.get(name) ?? placeOf(now, header.length, name);
      if (at === -1) throw unknownColumn(name, now.header, rowNo);
      places.set(name, at);
      cells.set(at, storable(value ?? ""));
    }
    return { rowNo, cells };
  });
  const width = now.header.length;
  if (width > mostColumns) throw tooManyColumns(null, width, mostColumns);
  const placed = rows.map(({ rowNo, cells }) => ({
    rowNo,
    cells: new Map([...cells].map(([at, cell]) => [at <= firstBeyond ? width + firstBeyond - at : at, cell])),
  }));
  return { header: now.header, columns: now.columns, added: width - header.length, rows: placed };
}

/**
 * Finds the one column that `name` names, as `placeCells` does, which may be a new one.
 * @throws Problem body_invalid for what is no column or field; too_many_columns
 */
export function placeColumn({ header, columns }: Columns, name: string): Widened & { at: number } {
  const now = { header: [...header], columns: [...columns], find: columnFinder(header) };
  const at = placeOf(now, header.length, name);
  if (at < 0) throw unknownColumn(name, now.header);
  const width = now.header.length;
  if (width > mostColumns) throw tooManyColumns(null, width, mostColumns);
  return { header: now.header, columns: now.columns, added: width - header.length, at };
}

/** The place of a column, which may be a new one; `firstBeyond` and less for cells beyond the header, -1 for nothing. */
function placeOf(now: Columns & { find: (label: string) => number }, width: number, name: string): number {
  const found = now.find(name);
  if (now.header[found] === name) return found;
  const field = fieldNames.find((one) => one === name);
  const used = field === undefined ? -1 : now.columns.indexOf(field);
  if (used !== -1) return used;
  if (field !== undefined) {
    now.header.push(newLabel(now.header, field));
    now.columns.push(field);
    now.find = columnFinder(now.header);
    return now.header.length - 1;
  }
  const beyond = Number(/^Column (\d{1,4})$/.exec(name)?.[1] ?? 0) - 1;
  return beyond >= width ? firstBeyond - (beyond - width) : found;
}

/** A label that no column has, and that is read as the field when a mapping is chosen anew. */
function newLabel(header: string[], field: FieldName): string {
  const find = columnFinder(header);
  const free = [fieldLabel(field), field].filter((label) => find(label) === -1);
  const read = free.find((label) => recogniseHeader([...header, label]).at(-1) === field);
  return read ?? free[0] ?? `${fieldLabel(field)} (${header.length + 1})`;
}

/** Gives text as Postgres takes it: NUL and half surrogate pairs become U+FFFD, as they do in a file. */
export function storable(value: string): string {
  return Buffer.from(value.replaceAll("\0", "\uFFFD")).toString();
}

function unknownColumn(name: string, header: string[], row?: number): Problem {
  const advice = `Name a column (${header.slice(0, 20).map(quoteValue).join(", ")}) or a field (${fieldNames.join(", ")}).`;
  const said = `${row === undefined ? "There" : `Row ${row}: there`} is no column or field ${quoteValue(name)}. ${advice}`;
  const error = { column: Array.from(name).slice(0, 80).join(""), message: "There is no such column or field." };
  return new Problem("body_invalid", said, { errors: [row === undefined ? error : { row, ...error }] });
}
