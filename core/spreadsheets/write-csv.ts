import Papa from "papaparse";

const startsFormula = /^'*[=+\-@\t\r]/;

/**
 * One line of a CSV file that leaves Muster, with its CRLF: RFC 4180, and no cell that a spreadsheet program would run
 * as a formula: such a value gets one `'` in front. null is an empty cell. `readBackCell` undoes the guard.
 */
export function csvLine(cells: (string | null)[]): string {
  // A line of one empty cell would read as a blank line.
  if (cells.length === 1 && (cells[0] ?? "") === "") return '""\r\n';
  return `${Papa.unparse([cells.map((cell) => guarded(cell ?? ""))], { quotes: holdsDelimiter })}\r\n`;
}

/** A cell of a file that Muster wrote as it was before: takes one `'` off where the guard had put it. */
export function readBackCell(value: string): string {
  return value.startsWith("'") && startsFormula.test(value) ? value.slice(1) : value;
}

function guarded(value: string): string {
  return startsFormula.test(value) ? `'${value}` : value;
}

/** Other programs' delimiters are quoted too, so that no reader takes one for ours. */
function holdsDelimiter(value: unknown): boolean {
  return typeof value === "string" && /[;\t|]/.test(value);
}
