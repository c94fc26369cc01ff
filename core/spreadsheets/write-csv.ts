import { guardFormula } from "./formula-guard.ts";

export { readBackCell } from "./formula-guard.ts";

/**
 * One line of a CSV file that leaves Muster, with its CRLF: RFC 4180, and no cell that a spreadsheet program would run
 * as a formula. null is an empty cell. `readBackCell` undoes the guard.
 */
export function csvLine(cells: (string | null)[]): string {
  // A line of one empty cell would read as a blank line.
  if (cells.length === 1 && (cells[0] ?? "") === "") return '""\r\n';
  return `${cells.map((cell) => quoted(guardFormula(cell ?? ""))).join(",")}\r\n`;
}

function quoted(value: string): string {
  return /[",;\t\r\n|]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
