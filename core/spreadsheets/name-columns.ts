import { isPassword, shareOf, valuesOf } from "./value-kinds.ts";

/**
 * The labels of a header row, each one once: trimmed, a column without a name called `Column 3`, a second `Phone`
 * called `Phone (2)`. Columns at the end that have no name are left out unless one of the `sample` rows fills them.
 */
export function nameColumns(headerCells: string[], sample: string[][]): string[] {
  const labels = headerCells.map((cell) => cell.trim());
  while (labels.length > 0 && labels.at(-1) === "" && !sample.some((cells) => filled(cells[labels.length - 1]))) {
    labels.pop();
  }
  const taken = new Set<string>();
  return labels.map((label, at) => {
    const name = label === "" ? `Column ${at + 1}` : label;
    let unique = name;
    for (let count = 2; taken.has(unique); count++) unique = `${name} (${count})`;
    taken.add(unique);
    return unique;
  });
}

/**
 * Labels for the columns of a table without a header: `Column 1`, `Column 2`, … A column whose values look like
 * passwords is `Column 4 (password)`, so that it is hidden as one that the file names itself.
 */
export function numberColumns(sample: string[][]): string[] {
  const width = Math.max(0, ...sample.map((cells) => cells.findLastIndex(filled) + 1));
  return Array.from({ length: width }, (_, at) => {
    const secret = shareOf(valuesOf(sample, at), isPassword) >= 0.5;
    return secret ? `Column ${at + 1} (password)` : `Column ${at + 1}`;
  });
}

function filled(cell: string | undefined): boolean {
  return cell !== undefined && cell.trim() !== "";
}
