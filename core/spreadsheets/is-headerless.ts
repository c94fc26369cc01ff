import { passedOver } from "./find-header.ts";
import { foldWords } from "./fold-words.ts";
import { looksLikeUser } from "./looks-like-user.ts";
import { recogniseHeader } from "./recognise-header.ts";
import { isDate } from "./value-kinds.ts";

const looksAtRows = 100;

/**
 * Whether the first of `rows` is a user already and no header: it has no word that is known or `mapped`, or only such as
 * stand in rows below as well (`Service` is a department, too), and it holds what only data holds, or a value that a row
 * below repeats.
 */
export function isHeaderless(rows: string[][], mapped: string[]): boolean {
  const [first, ...below] = rows;
  if (first === undefined) return false;
  const named = new Set(mapped.map(foldWords));
  if (first.some((cell) => cell !== "" && cell.length <= 200 && named.has(foldWords(cell)))) return false;
  if (looksLikeUser(first)) return true;
  const others = below.slice(0, looksAtRows).filter((cells) => passedOver(cells) === null && !isSame(cells, first));
  const repeated = first.map((cell, at) => cell.trim() !== "" && others.some((cells) => cells[at] === cell));
  if (recogniseHeader(first).some((field, at) => field !== null && !repeated[at])) return false;
  return repeated.includes(true) || first.some((cell) => /^\d+$/.test(cell.trim()) || isDate(cell.trim()));
}

/** A header that somebody pasted twice repeats no value. */
function isSame(cells: string[], first: string[]): boolean {
  return first.every((cell, at) => (cells[at] ?? "") === cell);
}
