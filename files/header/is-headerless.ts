import { passedOver } from "./find-header.ts";
import { headerCheck } from "./header-again.ts";
import { foldWords } from "../text/fold-words.ts";
import { looksLikeUser } from "./looks-like-user.ts";
import { recogniseHeader } from "./recognise-header.ts";
import { isDate } from "../rows/value-kinds.ts";

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
  const others = withoutHeaders(first, below.slice(0, looksAtRows));
  const repeated = first.map((cell, at) => cell.trim() !== "" && others.some((cells) => cells[at] === cell));
  if (recogniseHeader(first).some((field, at) => field !== null && !repeated[at])) return false;
  return repeated.includes(true) || first.some((cell) => /^\d+$/.test(cell.trim()) || isDate(cell.trim()));
}

/**
 * The rows that are filled and no header: neither `first` once more nor one that is much like it. Users of one department in
 * one town are much like each other too, so the latter counts where hardly any row is, or where `first` is of known words.
 */
function withoutHeaders(first: string[], below: string[][]): string[][] {
  const check = headerCheck(first);
  const rows = below.filter((cells) => passedOver(cells) === null && check(cells) !== "same");
  const values = rows.filter((cells) => check(cells) === null);
  const rare = (rows.length - values.length) * 10 <= rows.length;
  return rare || recogniseHeader(first).filter((field) => field !== null).length >= 3 ? values : rows;
}
