import type { FieldName } from "../../contract/fields.ts";
import { recallColumns } from "../columns/recall-columns.ts";
import { chooseColumns, ownMapping, unrecognisedHeader, type Mapping } from "../columns/choose-columns.ts";
import { dropDoubledLabel } from "../header/drop-doubled-label.ts";
import { passedOver } from "../header/find-header.ts";
import { findShift, shiftedColumns } from "../header/find-shift.ts";
import { guessColumns, type ColumnGuess } from "../columns/guess-columns.ts";
import { headerFingerprint } from "../header/header-fingerprint.ts";
import { isHeaderless } from "../header/is-headerless.ts";
import { nameColumns, numberColumns, widest } from "../columns/name-columns.ts";
import { ownColumns } from "../columns/own-columns.ts";
import { tooManyColumns } from "./table-problems.ts";
import { readBackCell } from "../csv/write-csv.ts";

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
  /** The label that stands twice side by side and counted once, because the rows are in step with that; or null. */
  doubled: string | null;
  guesses: ColumnGuess[];
  /** Finds the mapping that was chosen for a file with these columns; null for one without a header. */
  fingerprint: string | null;
  /** The mapping that was used, by the labels of `header`: the agent's, or the remembered one. */
  mapping: Mapping | undefined;
};

/** What the agent says of a table, and what is remembered of tables like it. */
export type HeadOptions = {
  mapping?: Mapping | undefined;
  /** Mappings by the fingerprint of the header, the latest first; used where the agent gives none. */
  remembered?: ReadonlyMap<string, Mapping> | undefined;
  maxColumns: number;
};

/** Rows that are looked at to tell what an unknown column is. */
export const sampleRows = 100;

/**
 * The head of the table whose header, or whose first row where it has none, stands at `headerAt` of `rows`. Columns that
 * no word knows, and all columns of a header out of step, stand for nothing until a mapping says so.
 * @throws Problem too_many_columns, header_ambiguous, mapping_invalid; header_unrecognised where nothing is known and nothing can be guessed
 */
export function readTableHead(
  rows: string[][],
  headerAt: number,
  { mapping: given, remembered, maxColumns }: HeadOptions,
): TableHead {
  const width = widest([rows[headerAt]!]);
  if (width > maxColumns) throw tooManyColumns(null, width, maxColumns);
  const headerless = isHeaderless(rows.slice(headerAt), Object.keys(given ?? {}));
  const first = rows.slice(headerless ? headerAt : headerAt + 1);
  const sample = first.filter((cells) => passedOver(cells) === null).slice(0, sampleRows);
  const { cells: named, doubled } = headerless ? noLabels : dropDoubledLabel(rows[headerAt]!, sample);
  let labels = headerless ? numberColumns(sample) : nameColumns(named, first);
  if (labels.length > maxColumns) throw tooManyColumns(null, labels.length, maxColumns);
  const own = headerless ? null : ownColumns(labels);
  let header = own === null ? labels : own.map((at) => readBackCell(labels[at]!));
  const shift = headerless || own !== null ? 0 : findShift(header, sample);
  if (shift > 0) header = labels = [...labels, ...numberColumns(sample).slice(labels.length)];
  const fingerprint = headerless ? null : headerFingerprint(header);
  const chosen =
    given ?? (remembered === undefined || fingerprint === null ? undefined : recall(header, fingerprint, remembered));
  const columns = headColumns(header, shift, chosen);
  const mapping = chosen === undefined ? undefined : ownMapping(header, chosen);
  const kept = own === null ? sample : sample.map((cells) => own.map((at) => cells[at] ?? ""));
  const guesses = headGuesses({ header, columns, headerless, shift }, kept);
  return { labels, header, columns, own, first, headerless, shift, doubled, guesses, fingerprint, mapping };
}

function recall(header: string[], fingerprint: string, remembered: ReadonlyMap<string, Mapping>): Mapping | undefined {
  return remembered.get(fingerprint) ?? recallColumns(header, remembered)?.mapping;
}

const noLabels = { cells: [], doubled: null };

/**
 * The field that each column stands for. Of a header out of step none is used without a mapping but the password:
 * passwords are sealed while they are read, also where the agent has yet to say which they are.
 * @throws Problem header_ambiguous, mapping_invalid
 */
export function headColumns(header: string[], shift: number, mapping: Mapping | undefined): (FieldName | null)[] {
  const columns = chooseColumns(header, mapping);
  if (shift === 0 || mapping !== undefined) return columns;
  return shiftedColumns(header, shift, header.length).map((field) => (field === "password" ? field : null));
}

/**
 * What the columns that stand for nothing seem to be, by the first rows under them.
 * @throws Problem header_unrecognised where no column stands or seems to stand for anything
 */
export function headGuesses(
  { header, columns, headerless, shift }: Pick<TableHead, "header" | "columns" | "headerless" | "shift">,
  sample: string[][],
): ColumnGuess[] {
  const guesses = guessColumns(header, columns, sample, shift);
  if (guesses.length === 0 && columns.every((field) => field === null)) throw unrecognisedHeader(header, headerless);
  return guesses;
}
