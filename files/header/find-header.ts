import { headerCheck } from "./header-again.ts";
import { makeCsvParser, type Quote } from "../csv/parse-csv.ts";
import { recogniseHeader } from "./recognise-header.ts";
import { foldWords } from "../text/fold-words.ts";
import { looksLikeUser } from "./looks-like-user.ts";

/** Where a table begins: its delimiter, and the index of the header among the rows that the delimiter cuts. */
export type TableStart = { delimiter: string; headerAt: number };

/** Where a table may begin, the cells of its header there, and how strong that header is. */
export type FoundHeader = TableStart & { header: string[]; score: number[] };

/** What stands between cells in nearly all files. */
export const delimiters = [",", ";", "\t", "|"] as const;

const looksAtRows = 10;
/** A row with more cells than this is not looked at as a header. */
export const mostColumns = 5000;

const example =
  /^(?:example|beispiel|exemple|ejemplo|exemplo|esempio|voorbeeld|eksempel|exempel|esimerkki|przykład|örnek|ví dụ|例|示例|例如|範例|サンプル)\s*[:：]/i;

/**
 * Where the table in `head` begins. The strongest vote is a row that reads as a header under a delimiter, so commas in
 * free text or in quotes do not mislead; without one, the delimiter that cuts all rows alike into most columns wins.
 * `complete` says that `head` is the whole file. `mapped` are headers that the agent names. A delimiter or quote that is
 * given is the only one that is tried.
 */
export function findHeaderIn(
  head: string,
  complete: boolean,
  mapped: string[],
  { delimiter: wantedDelimiter, quote }: { delimiter?: string; quote?: Quote } = {},
): FoundHeader {
  const named = wantedDelimiter ?? /^sep=([,;|\t])[ \t,;|]*(?:\r\n|\r|\n|$)/i.exec(head)?.[1];
  const wanted = new Set(mapped.map(foldWords));
  let best: FoundHeader | null = null;
  for (const delimiter of named === undefined ? delimitersOf(head) : [named]) {
    const rows = firstRows(head, complete, delimiter, quote);
    const { headerAt, score } = look(rows, wanted);
    if (best !== null && compareScores(score, best.score) <= 0) continue;
    best = { delimiter, headerAt, score, header: rows[headerAt] ?? [] };
  }
  return best!;
}

/** The delimiters that stand in `head`, and one that does not: cut by any such, it comes out the same. */
function delimitersOf(head: string): string[] {
  const absent = delimiters.find((delimiter) => !head.includes(delimiter));
  return delimiters.filter((delimiter) => delimiter === absent || head.includes(delimiter));
}

/** Where the header stands among `rows` that need no cutting, -1 where no row has a value, and how strong it is. */
export function findHeaderRow(rows: string[][], mapped: string[]): { headerAt: number; score: number[] } {
  return look(rows, new Set(mapped.map(foldWords)));
}

/** Above zero where the header with the score `one` is the stronger, below zero where that with `other` is. */
export function compareScores(one: number[], other: number[]): number {
  for (const [at, value] of one.entries()) if (value !== other[at]) return value - other[at]!;
  return 0;
}

/** Rows that are passed over wherever they stand. */
type OverKind = "version" | "example" | "comment" | "blank";

/** How many rows of each kind were passed over: also the header once more, and all rows of another table. */
export type PassedOver = Record<OverKind | "header" | "beyond", number>;

/** No row passed over. */
export function nonePassed(): PassedOver {
  return { version: 0, example: 0, comment: 0, blank: 0, header: 0, beyond: 0 };
}

/** Rows that are no table rows: Entra's version row, an example, a comment, a blank row, Excel's `sep=` row. */
export function passedOver(cells: string[]): OverKind | null {
  const first = cells[0]!.trim();
  if (first === "") return cells.every((cell) => cell.trim() === "") ? "blank" : null;
  if ((first.includes(":") || first.includes("：")) && example.test(first)) return "example";
  if (first.startsWith("#") && cells.every((cell, at) => at === 0 || cell.trim() === "")) return "comment";
  // The mark with which old programs end a file.
  if (first === "\u001A" && cells.length === 1) return "blank";
  if (/^(?:version:\s*v?\d|sep=)/i.test(first) && cells.every((cell, at) => at === 0 || cell.trim() === ""))
    return "version";
  return null;
}

/** The whole rows of `head`, or the open one where there is no other. */
export function firstRows(head: string, complete: boolean, delimiter: string, quote?: Quote): string[][] {
  const parser = makeCsvParser(delimiter, quote);
  const rows = parser.push(head);
  // Without a whole row (a head that is one long line), the open one is better than none.
  if (complete || rows.length === 0) rows.push(...parser.end());
  return rows;
}

function look(rows: string[][], wanted: Set<string>): { headerAt: number; score: number[] } {
  const top = rows.findIndex((cells) => passedOver(cells) === null);
  if (top === -1) return { headerAt: -1, score: [0, 0, 0] };
  let headerAt = -1;
  let recognised = 0;
  let looked = 0;
  for (let at = top; at < rows.length && looked < looksAtRows; at++) {
    const cells = rows[at]!;
    if (passedOver(cells) !== null) continue;
    looked++;
    const count = cells.length > mostColumns ? 0 : wordsOf(cells, at === top, wanted);
    // The first row needs one word. A row under it must be plainly the header, for `User` and `Service` are values too.
    if (headerAt === -1 ? count < (at === top ? 1 : 2) : !outdoes(rows, at, count, headerAt, recognised)) continue;
    headerAt = at;
    recognised = count;
  }
  if (headerAt === -1) headerAt = belowSmaller(rows, top);
  const width = rows[headerAt]!.length;
  const sample = rows.slice(headerAt, headerAt + 100).filter((cells) => passedOver(cells) === null);
  const alike = sample.filter((cells) => cells.length === width).length / sample.length;
  return { headerAt, score: [recognised, width > 1 ? alike : 0, width] };
}

/** Whether the row at `at`, with `count` known words, is rather the header than the one at `headerAt` above it. */
function outdoes(rows: string[][], at: number, count: number, headerAt: number, recognised: number): boolean {
  // The header of a table further down is that table's.
  if (headerCheck(rows[headerAt]!)(rows[at]!) !== null) return false;
  // A title in one cell may be a word too: `Mitarbeiter`.
  if (count >= 2 && filledOf(rows[headerAt]!) === 1 && filledOf(rows[at]!) > 1) return true;
  if (count >= 2 && count > recognised && isBehindGap(rows, headerAt, at)) return true;
  if (count < 4) return false;
  // SAP writes keys and under them labels. The lower row is the header, or it would be taken for a user.
  return count > recognised || (at === headerAt + 1 && count * 2 >= recognised);
}

/** Whether a blank row parts the row at `at` from a title or a table above it that is narrower in each of its rows. */
function isBehindGap(rows: string[][], top: number, at: number): boolean {
  const above = rows.slice(top, at);
  return (
    above.length > 1 && passedOver(above.at(-1)!) === "blank" && Math.max(...above.map(filledOf)) < filledOf(rows[at]!)
  );
}

/**
 * The first row that belongs to the table itself, where no word tells: a title, a few lines of two cells and a smaller table
 * above it are less than half as wide as its rows are, or narrower and parted from it by a blank row.
 */
function belowSmaller(rows: string[][], top: number): number {
  const near = Array.from({ length: Math.min(looksAtRows * 2, rows.length - top) }, (_, at) => top + at);
  const usual = usualWidth(rows.slice(top));
  const gap = near.find((at) => {
    if (!isBehindGap(rows, top, at)) return false;
    const below = rows.slice(at, at + 100).filter((cells) => passedOver(cells) === null);
    return below.length >= at - top && filledOf(rows[at]!) >= usualWidth(below);
  });
  if (gap !== undefined) return gap;
  const wide = near.find((at) => passedOver(rows[at]!) === null && filledOf(rows[at]!) * 2 >= usual);
  return usual < 3 || wide === undefined ? top : wide;
}

/** How many cells a row in the middle has that are filled, among the first hundred. */
function usualWidth(rows: string[][]): number {
  const widths = rows
    .slice(0, 100)
    .filter((cells) => passedOver(cells) === null)
    .map(filledOf)
    .toSorted((one, other) => one - other);
  return widths[Math.floor(widths.length / 2)] ?? 0;
}

function filledOf(cells: string[]): number {
  return cells.filter((cell) => cell.trim() !== "").length;
}

function looksLikeData(cells: string[]): boolean {
  return cells.some((cell) => /\S@\S|^\s*\d+\s*$/.test(cell));
}

/** How many fields the words of a row know, none where the row is data, and how many of its cells the agent names. */
function wordsOf(cells: string[], isTop: boolean, wanted: Set<string>): number {
  const data = isTop ? looksLikeUser(cells) : looksLikeData(cells);
  return (data ? 0 : fieldsOf(cells)) + namesOf(cells, wanted);
}

function fieldsOf(cells: string[]): number {
  return new Set(recogniseHeader(cells).filter((field) => field !== null)).size;
}

function namesOf(cells: string[], wanted: Set<string>): number {
  if (wanted.size === 0) return 0;
  return cells.filter((cell) => cell.length <= 200 && wanted.has(foldWords(cell))).length;
}
