import type { FieldName } from "../../contract/fields.ts";
import { mostColumns, passedOver } from "./find-header.ts";
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
  for (const upper of [headerAt, headerAt - 1]) {
    const [above, below] = [rows[upper], rows[upper + 1]];
    if (!isLabels(above) || !isLabels(below)) continue;
    const both = joinCells(above, below);
    const [ofAbove, ofBelow, ofBoth] = [above, below, both].map(recogniseHeader);
    if (countOf(ofBoth!) <= Math.max(countOf(ofAbove!), countOf(ofBelow!))) continue;
    // What stands under a known label and is no word is a value, and may be a password.
    const isValue = (cell: string, at: number) => cell.trim() !== "" && ofBelow![at] === null && ofAbove![at] != null;
    if (!below.some(isValue)) return { rows: rows.toSpliced(upper, 2, both), headerAt: upper, joined: true };
  }
  return { rows, headerAt, joined: false };
}

function isLabels(cells: string[] | undefined): cells is string[] {
  return cells !== undefined && cells.length <= mostColumns && passedOver(cells) === null && !looksLikeUser(cells);
}

function countOf(columns: (FieldName | null)[]): number {
  return new Set(columns.filter((field) => field !== null)).size;
}

/** Each label of the lower row, or where that is blank of the upper one; one that stands twice has its group before it. */
function joinCells(above: string[], below: string[]): string[] {
  let group = "";
  const labels = Array.from({ length: Math.max(above.length, below.length) }, (_, at) => {
    const [upper, lower] = [(above[at] ?? "").trim(), (below[at] ?? "").trim()];
    if (upper !== "") group = upper;
    return { group, label: lower === "" ? upper : lower, lower };
  });
  const counts = new Map<string, number>();
  for (const { label } of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return labels.map(({ group: of, label, lower }) => {
    const twice = lower !== "" && counts.get(label)! > 1;
    return twice && of !== "" ? `${of} ${label}` : label;
  });
}
