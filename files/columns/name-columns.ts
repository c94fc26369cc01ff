import { isPassword, shareOf, valuesOf } from "../rows/value-kinds.ts";

/**
 * The labels of a header row, each one once: trimmed, a column without a name called `Column 3`, a second `Phone`
 * called `Phone (2)`. Columns at the end that have no name are left out unless one of the `sample` rows fills them.
 */
export function nameColumns(headerCells: string[], sample: string[][]): string[] {
  const width = widest([headerCells, ...sample]);
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return headerCells.slice(0, width).map((cell, at) => {
    const name = cell.trim() === "" ? `Column ${at + 1}` : cell.trim();
    let unique = name;
    let count = counts.get(name) ?? 1;
    while (taken.has(unique)) unique = `${name} (${++count})`;
    counts.set(name, count);
    taken.add(unique);
    return unique;
  });
}

/**
 * Labels for the columns of a table without a header: `Column 1`, `Column 2`, … A column whose values look like
 * passwords is `Column 4 (password)`, so that it is hidden as one that the file names itself.
 */
export function numberColumns(sample: string[][]): string[] {
  const width = widest(sample);
  return Array.from({ length: width }, (_, at) => {
    const secret = shareOf(valuesOf(sample, at), isPassword) >= 0.5;
    return secret ? `Column ${at + 1} (password)` : `Column ${at + 1}`;
  });
}

/** How many columns of `rows` there are, up to the last one with a value. */
export function widest(rows: string[][]): number {
  return rows.reduce((width, cells) => Math.max(width, cells.findLastIndex((cell) => cell.trim() !== "") + 1), 0);
}
