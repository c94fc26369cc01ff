import type { FieldName } from "../../contract/fields.ts";
import { chooseColumns, unrecognisedHeader, type Mapping } from "./choose-columns.ts";
import { passedOver } from "./find-header.ts";
import { findShift, shiftedColumns } from "./find-shift.ts";
import { guessColumns, type Guess } from "./guess-columns.ts";
import { isHeaderless } from "./is-headerless.ts";
import { nameColumns, numberColumns } from "./name-columns.ts";
import { ownColumns } from "./own-columns.ts";
import { tooManyColumns } from "./table-problems.ts";
import { readBackCell } from "./write-csv.ts";

/** The head of a table: what its columns are called and stand for, and what is odd about it. */
export type TableHead = {
  /** As the file has them, made different from each other. */
  labels: string[];
  /** The labels of the columns that are kept. */
  header: string[];
  columns: (FieldName | null)[];
  /** For a file that Muster wrote, the columns that are kept. */
  own: number[] | null;
  /** The rows under the header that are read already. */
  first: string[][];
  headerless: boolean;
  /** By how many columns the values stand to the right of their labels; then no column is used without a mapping. */
  shift: number;
  guesses: Guess[];
};

const sampleSize = 100;

/**
 * The head of the table whose header, or whose first row where it has none, stands at `headerAt` of `rows`. Columns that
 * no word knows, and all columns of a header out of step, stand for nothing until a mapping says so.
 * @throws Problem too_many_columns, header_ambiguous, mapping_invalid; header_unrecognised where nothing is known and nothing can be guessed
 */
export function readTableHead(
  rows: string[][],
  headerAt: number,
  { mapping, maxColumns }: { mapping?: Mapping | undefined; maxColumns: number },
): TableHead {
  const headerless = isHeaderless(rows.slice(headerAt), Object.keys(mapping ?? {}));
  const first = rows.slice(headerless ? headerAt : headerAt + 1);
  const sample = first.filter((cells) => passedOver(cells) === null).slice(0, sampleSize);
  let labels = headerless ? numberColumns(sample) : nameColumns(rows[headerAt]!, first);
  if (labels.length > maxColumns) throw tooManyColumns(null, labels.length, maxColumns);
  const own = headerless ? null : ownColumns(labels);
  let header = own === null ? labels : own.map((at) => readBackCell(labels[at]!));
  const shift = headerless || own !== null ? 0 : findShift(header, sample);
  if (shift > 0) header = labels = [...labels, ...numberColumns(sample).slice(labels.length)];
  let columns = chooseColumns(header, mapping);
  if (shift !== 0 && mapping === undefined) {
    // No field but this one: passwords are sealed while they are read, also where the agent has yet to say which they are.
    columns = shiftedColumns(header, shift, header.length).map((field) => (field === "password" ? field : null));
  }
  const kept = own === null ? sample : sample.map((cells) => own.map((at) => cells[at] ?? ""));
  const guesses = guessColumns(header, columns, kept);
  if (guesses.length === 0 && columns.every((field) => field === null)) throw unrecognisedHeader(header, headerless);
  return { labels, header, columns, own, first, headerless, shift, guesses };
}
