import { compareScores, findHeaderRow } from "../find-header.ts";
import type { CellReading } from "./cell-text.ts";
import type { Zip } from "./open-zip.ts";
import { scanSheet, type SheetLimits } from "./scan-sheet.ts";
import type { Sheet } from "./workbook-parts.ts";
import { noTable } from "./workbook-problems.ts";

// A header stands in the first rows or nowhere; a sheet may begin with thousands of rows that have a colour and no value.
const headRows = 100;
const headBytes = 4_000_000;
const mostLooks = 100;

/**
 * The visible sheet whose first rows hold the strongest header, by the rule of CSV files; of equals one with a row under
 * it, then the first. Thus a sheet of instructions loses against the list itself.
 * @throws Problem workbook_no_table, workbook_broken
 */
export async function chooseSheet(
  zip: Zip,
  sheets: Sheet[],
  reading: CellReading,
  { mapped, ...limits }: { mapped: string[] } & SheetLimits,
): Promise<Sheet> {
  const visible = sheets.filter((sheet) => !sheet.hidden);
  let best: { sheet: Sheet; score: number[] } | null = null;
  for (const sheet of visible.slice(0, mostLooks)) {
    const rows = await firstRows(zip, sheet, reading, limits);
    if (rows.length === 0) continue;
    const { headerAt, score } = findHeaderRow(rows, mapped);
    const [recognised = 0, ...rest] = score;
    const found = { sheet, score: [recognised, headerAt + 1 < rows.length ? 1 : 0, ...rest] };
    // Without a header that is known, how even the rows are says nothing about which sheet is meant.
    if (best === null || (recognised > 0 && compareScores(found.score, best.score) > 0)) best = found;
  }
  if (best !== null) return best.sheet;
  throw noTable(sheetNames(visible), sheetNames(sheets.filter((sheet) => sheet.hidden)));
}

function sheetNames(sheets: Sheet[]): string[] {
  return sheets.map(({ name }) => name);
}

async function firstRows(zip: Zip, sheet: Sheet, reading: CellReading, limits: SheetLimits): Promise<string[][]> {
  const scanner = scanSheet(sheet.part, reading, limits);
  let looked = 0;
  for await (const bytes of zip.read(sheet.part)) {
    scanner.push(bytes);
    looked += bytes.length;
    if (scanner.rows.length >= headRows || looked > headBytes) return scanner.rows;
  }
  scanner.end();
  return scanner.rows;
}
