import type { Batch } from "../../contract/batch.ts";
import type { FieldName } from "../../contract/fields.ts";
import type { Mapping } from "../columns/choose-columns.ts";
import type { RawRow } from "./table-rows.ts";
import type { WorkbookLimits } from "../xlsx/workbook-limits.ts";

/** Limits of one file, and what the agent says about it. */
export type TableOptions = {
  maxRows: number;
  maxColumns: number;
  /** In UTF-8 bytes. */
  maxCellBytes: number;
  /** Whether to hash the raw bytes; they are unless told. */
  hash?: boolean;
  mapping?: Mapping | undefined;
  /** The sheet of a workbook to read, where it is not to be the one that looks most like users. */
  sheet?: string | undefined;
  /** Mappings by the fingerprint of the header; used where the agent gives none. */
  remembered?: ReadonlyMap<string, Mapping> | undefined;
  /** Tighter limits for a workbook than `workbookLimits`. */
  workbook?: Partial<WorkbookLimits>;
};

/** A table whose header is read and whose rows are still to come. */
export type Table = {
  header: string[];
  columns: (FieldName | null)[];
  headerless: boolean;
  /** By how many columns the values stand to the right of their labels. */
  shift: number;
  /** Finds the mapping that was chosen for a file with these columns; null for one without a header. */
  fingerprint: string | null;
  /** The mapping that was used, by the labels of `header`: the agent's, or the remembered one. */
  mapping: Mapping | undefined;
  /** Final after the rows are read: text may be plain ASCII for long. `XLSX` for a workbook. */
  encoding: () => string;
  /** Null for a workbook, whose cells need none. */
  delimiter: string | null;
  /** Null for text. */
  sheets: Batch["sheets"];
  /** What was done to the file on the way in, one sentence each; final after the rows are read. */
  notes: () => string[];
  /** Those of the notes that do not hang on what the columns stand for. */
  fileNotes: () => string[];
  /** SHA-256 of the raw bytes in hex, once the rows are read. */
  sha256: () => string;
  /** Blocks of up to 1,000 rows; the source is read no faster than they are taken. */
  rows: AsyncIterable<RawRow[]>;
  /** Lets go of the source; needed where the rows are not read, harmless after they are. */
  close: () => Promise<void>;
};
