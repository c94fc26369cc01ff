import { findShift } from "./find-shift.ts";
import { nameColumns } from "../columns/name-columns.ts";

/**
 * The cells of a header, without the second of two equal ones side by side where the rows show that it is a slip: the
 * values are out of step with the header as it is, and in step once it is left out. `doubled` is the label, or null.
 */
export function dropDoubledLabel(cells: string[], sample: string[][]): { cells: string[]; doubled: string | null } {
  const pairs = cells.flatMap((cell, at) => (at > 0 && cell.trim() !== "" && cell === cells[at - 1] ? [at] : []));
  if (pairs.length === 0 || findShift(nameColumns(cells, sample), sample) === 0) return { cells, doubled: null };
  for (const at of pairs.slice(0, mostPairs)) {
    const rest = cells.toSpliced(at, 1);
    if (findShift(nameColumns(rest, sample), sample) === 0) return { cells: rest, doubled: cells[at]!.trim() };
  }
  return { cells, doubled: null };
}

const mostPairs = 5;
