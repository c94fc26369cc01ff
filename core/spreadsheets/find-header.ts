import { makeCsvParser } from "./parse-csv.ts";
import { recogniseHeader } from "./recognise-header.ts";
import { foldWords } from "./fold-words.ts";

/** Where a table begins: its delimiter, and the index of the header among the rows that the delimiter cuts. */
export type TableStart = { delimiter: string; headerAt: number };

const delimiters = [",", ";", "\t", "|"] as const;

const looksAtRows = 10;

/**
 * Where the table in `head` begins. The strongest vote is a row that reads as a header under a delimiter, so commas in
 * free text or in quotes do not mislead; without one, the delimiter that cuts all rows alike into most columns wins.
 * `complete` says that `head` is the whole file. `mapped` are headers that the agent names.
 */
export function findHeader(head: string, complete: boolean, mapped: string[]): TableStart {
  const named = /^sep=([,;|\t])[ \t,;|]*(?:\r\n|\r|\n|$)/i.exec(head)?.[1];
  const candidates = named === undefined ? delimiters : [named];
  const wanted = new Set(mapped.map(foldWords));
  let best: (TableStart & { score: number[] }) | null = null;
  for (const delimiter of candidates) {
    const found = look(firstRows(head, complete, delimiter), wanted);
    const start = { delimiter, headerAt: found.headerAt, score: found.score };
    if (best === null || compareScores(start.score, best.score) > 0) best = start;
  }
  return { delimiter: best!.delimiter, headerAt: best!.headerAt };
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

/** Rows that are no table rows: Entra's version row, an example, a blank row, Excel's `sep=` row. */
export function passedOver(cells: string[]): "version" | "example" | "blank" | null {
  const first = cells[0]!.trim();
  if (first === "") return cells.every((cell) => cell.trim() === "") ? "blank" : null;
  if (/^(?:example|beispiel|exemple)\s*:/i.test(first)) return "example";
  // The mark with which old programs end a file.
  if (first === "\u001A" && cells.length === 1) return "blank";
  if (/^(?:version:\s*v?\d|sep=)/i.test(first) && cells.every((cell, at) => at === 0 || cell.trim() === ""))
    return "version";
  return null;
}

function firstRows(head: string, complete: boolean, delimiter: string): string[][] {
  const parser = makeCsvParser(delimiter);
  const rows = parser.push(head);
  // Without a whole row (a head that is one long line), the open one is better than none.
  if (complete || rows.length === 0) rows.push(...parser.end());
  return rows;
}

function look(rows: string[][], wanted: Set<string>): { headerAt: number; score: number[] } {
  let headerAt = rows.findIndex((cells) => passedOver(cells) === null);
  let recognised = 0;
  let looked = 0;
  for (let at = Math.max(headerAt, 0); at < rows.length && looked < looksAtRows; at++) {
    if (passedOver(rows[at]!) !== null) continue;
    const count = looked > 0 && looksLikeData(rows[at]!) ? 0 : headerStrength(rows[at]!, wanted);
    // The first row needs one word. A row under it must be plainly the header, for `User` and `Service` are values too.
    if (count > recognised && (looked === 0 || count >= (recognised === 0 ? 2 : 4))) {
      headerAt = at;
      recognised = count;
    }
    looked++;
  }
  const width = rows[headerAt]?.length ?? 0;
  const sample = rows.slice(headerAt, headerAt + 100).filter((cells) => passedOver(cells) === null);
  const alike = sample.filter((cells) => cells.length === width).length / Math.max(sample.length, 1);
  return { headerAt, score: [recognised, width > 1 ? alike : 0, width] };
}

function looksLikeData(cells: string[]): boolean {
  return cells.some((cell) => /\S@\S|^\s*\d+\s*$/.test(cell));
}

function headerStrength(cells: string[], wanted: Set<string>): number {
  if (cells.length > 5000) return 0;
  const fields = new Set(recogniseHeader(cells).filter((field) => field !== null));
  const named =
    wanted.size === 0 ? 0 : cells.filter((cell) => cell.length <= 200 && wanted.has(foldWords(cell))).length;
  return fields.size + named;
}
