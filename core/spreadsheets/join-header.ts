import { passedOver } from "./find-header.ts";
import { looksLikeUser } from "./looks-like-user.ts";
import { recogniseHeader } from "./recognise-header.ts";

/** The rows of a table with its header in one row; `joined` where the file has it in two. */
export type JoinedHeader = { rows: string[][]; headerAt: number; joined: boolean };

/**
 * Makes one row of a header that stands in two, as `Name | Address |` over `| Street | City` does, where more words are known
 * in both together than in either alone: labels of the lower row first, then of the upper. Two rows that each have all
 * labels stay as they are.
 */
export function joinHeader(rows: string[][], headerAt: number): JoinedHeader {
  const alone = wordsIn(rows[headerAt]);
  for (const upper of [headerAt, headerAt - 1]) {
    const [above, below] = [rows[upper], rows[upper + 1]];
    if (!isLabels(above) || !isLabels(below)) continue;
    const both = joinCells(above, below);
    if (wordsIn(both) <= Math.max(alone, wordsIn(above), wordsIn(below))) continue;
    return { rows: rows.toSpliced(upper, 2, both), headerAt: upper, joined: true };
  }
  return { rows, headerAt, joined: false };
}

function isLabels(cells: string[] | undefined): cells is string[] {
  return cells !== undefined && passedOver(cells) === null && !looksLikeUser(cells);
}

function wordsIn(cells: string[] | undefined): number {
  return new Set(recogniseHeader(cells ?? []).filter((field) => field !== null)).size;
}

/** Each label of the lower row, or where that is blank of the upper one; one that stands twice has its group before it. */
function joinCells(above: string[], below: string[]): string[] {
  let group = "";
  const labels = Array.from({ length: Math.max(above.length, below.length) }, (_, at) => {
    const [upper, lower] = [(above[at] ?? "").trim(), (below[at] ?? "").trim()];
    if (upper !== "") group = upper;
    return { group, label: lower === "" ? upper : lower, lower };
  });
  return labels.map(({ group: of, label, lower }) => {
    const twice = lower !== "" && labels.filter((other) => other.label === label).length > 1;
    return twice && of !== "" ? `${of} ${label}` : label;
  });
}
