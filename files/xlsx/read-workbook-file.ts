import { blockRows } from "../table/block-rows.ts";
import { readFormats } from "./cell-formats.ts";
import { chooseSheet, findSheet } from "./choose-sheet.ts";
import { openZip } from "./open-zip.ts";
import { refuseOtherZips } from "./refuse-other-zips.ts";
import { scanSheet, type SheetTally } from "./scan-sheet.ts";
import { readSharedStrings } from "./shared-strings.ts";
import type { WorkbookLimits } from "./workbook-limits.ts";
import { readParts } from "./workbook-parts.ts";

/** What a workbook is read with. */
export type WorkbookAsk = {
  limits: WorkbookLimits;
  maxColumns: number;
  /** In UTF-8 bytes; longer cells come with more than that, wider rows with one more, and are for the reader to refuse. */
  maxCellBytes: number;
  /** Headers that the agent's mapping names. */
  mapped: string[];
  /** The name of the sheet to read, where it is not to be the one that looks most like users. */
  sheet?: string | undefined;
};

/** The name of the sheet that is read, and those of the others. */
export type ChosenSheet = { read: string; others: string[]; hidden: string[] };

/** What is told of a workbook in turn: which sheet, its rows with a value, and what they do not show. */
export type WorkbookPiece =
  | { kind: "sheet"; sheet: ChosenSheet }
  | { kind: "rows"; rows: string[][] }
  | { kind: "end"; tally: SheetTally };

// What is sent from thread to thread at a time: a block of rows, or fewer where they are very wide.
const blockCells = 100_000;

/**
 * Reads the workbook in the open file `fd`: its directory first, then the sheet that looks like users, row by row.
 *
 * Not with read-excel-file, which was the first choice: it holds every part of the file inflated and every row of every
 * sheet (a process that reads 100,000 rows of 12 columns takes 300 MB, 400,000 rows 810 MB, and a sheet of more than
 * 512 MB is no string of V8 any more; here 100,000 rows take 190 MB and 1,000,000 take 290), it allocates what the
 * directory claims, and it tells neither number formats, on which leading zeros hang, nor hidden rows and sheets, nor
 * merged cells. What is taken instead, yauzl and our own scanner of XML, does nothing but unzip and parse as a stream. A
 * test holds the two readers against one another, cell for cell.
 * @throws Problem workbook_broken, workbook_encrypted, workbook_too_large, workbook_no_table, sheet_unknown, workbook_other_format,
 * upload_not_text
 */
export async function* readWorkbookFile(fd: number, ask: WorkbookAsk): AsyncGenerator<WorkbookPiece> {
  const zip = await openZip(fd, ask.limits);
  await refuseOtherZips(zip);
  const sheetLimits = { maxColumns: ask.maxColumns, maxCellLength: ask.maxCellBytes };
  const { sheets, sharedStrings, styles, date1904 } = await readParts(zip);
  const formats = await readFormats(zip, styles);
  const strings = await readSharedStrings(zip, sharedStrings, {
    maxLength: ask.maxCellBytes,
    maxBytes: ask.limits.maxTextBytes,
  });
  const reading = { strings, formats, date1904 };
  const chosen =
    ask.sheet === undefined
      ? await chooseSheet(zip, sheets, reading, { mapped: ask.mapped, ...sheetLimits })
      : findSheet(sheets, ask.sheet);
  const names = (hidden: boolean) =>
    sheets.filter((sheet) => sheet !== chosen && sheet.hidden === hidden).map(({ name }) => name);
  yield { kind: "sheet", sheet: { read: chosen.name, others: names(false), hidden: names(true) } };

  const scanner = scanSheet(chosen.part, reading, sheetLimits);
  let [taken, cells] = [0, 0];
  for await (const bytes of zip.read(chosen.part)) {
    scanner.push(bytes);
    for (; taken < scanner.rows.length; taken++) {
      cells += scanner.rows[taken]!.length;
      if (taken + 1 < blockRows && cells < blockCells) continue;
      yield { kind: "rows", rows: scanner.rows.splice(0, taken + 1) };
      taken = -1;
      cells = 0;
    }
  }
  scanner.end();
  if (scanner.rows.length > 0) yield { kind: "rows", rows: scanner.rows.splice(0) };
  yield { kind: "end", tally: scanner.tally };
}
