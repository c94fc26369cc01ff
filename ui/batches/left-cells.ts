import type { Row } from "../../contract/batch.ts";
import type { KeptCell } from "./kept-cells.ts";

/** A cell that was left unsaved, and what stands there now. */
export type LeftCell = { cell: KeptCell; now: string };

/**
 * What can become of cells that were left: `fits` where the value they replaced still stands, `moved` where somebody changed
 * it since, `closed` where the row takes no change any more, `done` where the text stands there already. Rows that are not
 * read yet leave a cell `unread`.
 */
export type LeftCells = Record<"unread" | "fits" | "moved" | "closed" | "done", LeftCell[]>;

/** Sorts cells that were left by what stands in their rows now. */
export function sortLeft(
  left: readonly KeptCell[],
  rowOf: (rowNo: number) => Row | undefined,
  may: (row: Row) => boolean,
): LeftCells {
  const sorted: LeftCells = { unread: [], fits: [], moved: [], closed: [], done: [] };
  for (const cell of left) {
    const row = rowOf(cell.rowNo);
    const now = row?.input[cell.label] ?? "";
    if (row === undefined) sorted.unread.push({ cell, now: cell.before });
    else if (now === cell.value) sorted.done.push({ cell, now });
    else sorted[!may(row) ? "closed" : now === cell.before ? "fits" : "moved"].push({ cell, now });
  }
  return sorted;
}
