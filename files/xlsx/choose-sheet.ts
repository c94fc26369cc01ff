import { compareScores, findHeaderRow } from "../header/find-header.ts";
import { countUsers } from "./count-users.ts";
import type { CellReading } from "./cell-text.ts";
import type { Zip } from "./open-zip.ts";
import { scanSheet, type SheetLimits } from "./scan-sheet.ts";
import type { WorkbookSheet } from "./workbook-parts.ts";
import { noTable, sheetUnknown } from "./workbook-problems.ts";

// A header stands in the first rows or nowhere; a sheet may begin with thousands of rows that have a colour and no value.
const headRows = 100;
const headBytes = 4_000_000;
const mostLooks = 100;

/**
 * The visible sheet that looks most like a list of users. Whether its rows are users counts first, so that instructions
 * and lists of countries lose; then how many columns are known, how much of the sheet is users, and how many there are.
 * Of equals a header with a row under it, by the rule of CSV files, then the first.
 * @throws Problem workbook_no_table, workbook_broken
 */
export async function chooseSheet(
  zip: Zip,
  sheets: WorkbookSheet[],
  reading: CellReading,
  { mapped, ...limits }: { mapped: string[] } & SheetLimits,
): Promise<WorkbookSheet> {
  const visible = sheets.filter((sheet) => !sheet.hidden);
  let best: { sheet: WorkbookSheet; score: number[] } | null = null;
  for (const sheet of visible.slice(0, mostLooks)) {
    const rows = await firstRows(zip, sheet, reading, limits);
    if (rows.length === 0) continue;
    const score = scoreOf(rows, mapped);
    // Without a header that is known and without users, how even the rows are says nothing about which sheet is meant.
    const says = score.slice(0, 3).some((part) => part > 0);
    if (best === null || (says && compareScores(score, best.score) > 0)) best = { sheet, score };
  }
  if (best !== null) return best.sheet;
  throw noTable(sheetNames(visible), sheetNames(sheets.filter((sheet) => sheet.hidden)));
}

/**
 * The sheet called `wanted`, be it hidden or not; capital letters and blanks around a name do not matter.
 * @throws Problem sheet_unknown
 */
export function findSheet(sheets: WorkbookSheet[], wanted: string): WorkbookSheet {
  const found =
    sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => loosely(name) === loosely(wanted));
  if (found === undefined) throw sheetUnknown(wanted, sheetNames(sheets));
  return found;
}

function loosely(name: string): string {
  return name.trim().toLowerCase();
}

function scoreOf(rows: string[][], mapped: string[]): number[] {
  const { headerAt, score } = findHeaderRow(rows, mapped);
  const [recognised = 0, ...rest] = score;
  const { users, others, identified } = countUsers(rows, headerAt);
  const share = users === 0 ? 0 : users / (users + others);
  const weight = Math.max(1, recognised) * share * (1 + Math.log10(1 + users));
  return [identified && users > 0 ? 1 : 0, weight, recognised, headerAt + 1 < rows.length ? 1 : 0, ...rest];
}

function sheetNames(sheets: WorkbookSheet[]): string[] {
  return sheets.map(({ name }) => name);
}

async function firstRows(
  zip: Zip,
  sheet: WorkbookSheet,
  reading: CellReading,
  limits: SheetLimits,
): Promise<string[][]> {
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
