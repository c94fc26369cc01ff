import { passedOver } from "./find-header.ts";
import { foldWords } from "./fold-words.ts";
import { looksLikeUser } from "./looks-like-user.ts";
import { recogniseHeader } from "./recognise-header.ts";
import { isDate } from "./value-kinds.ts";

const looksAtRows = 100;

/**
 * Whether the first of `rows` is a user already and no header: no word of it is known or `mapped`, and it holds what only
 * data holds, or a value that stands in a row below as well, such as a department.
 */
export function isHeaderless(rows: string[][], mapped: string[]): boolean {
  const [first, ...below] = rows;
  if (first === undefined) return false;
  const named = new Set(mapped.map(foldWords));
  if (first.some((cell) => cell !== "" && cell.length <= 200 && named.has(foldWords(cell)))) return false;
  if (looksLikeUser(first)) return true;
  if (recogniseHeader(first).some((field) => field !== null)) return false;
  if (first.some((cell) => /^\d+$/.test(cell.trim()) || isDate(cell.trim()))) return true;
  const sample = below.filter((cells) => passedOver(cells) === null).slice(0, looksAtRows);
  return first.some((cell, at) => cell.trim() !== "" && sample.some((cells) => cells[at] === cell));
}
