import Papa from "papaparse";

// The places where a program that takes another sign for the separator may see a cell begin: behind every common
// separator, behind a line end, and behind a quote, which means nothing to it inside a cell.
const unguarded = /(?<=^|[,;\t|\r\n"])(?='*[=+\-@\t\r＝＋－＠])/g;
const guards = /(?<=^|[,;\t|\r\n"])'(?='*[=+\-@\t\r＝＋－＠])/g;

/**
 * One line of a CSV file that leaves Muster, with its CRLF: RFC 4180, and nothing that a spreadsheet program would run
 * as a formula, whatever it takes for the separator: each such place gets one `'` in front. null is an empty cell.
 * `readBackCell` undoes the guard.
 */
export function csvLine(cells: (string | null)[]): string {
  // A line of one empty cell would read as a blank line.
  if (cells.length === 1 && (cells[0] ?? "") === "") return '""\r\n';
  return `${Papa.unparse([cells.map((cell) => guarded(cell ?? ""))], { quotes: holdsDelimiter })}\r\n`;
}

/** A cell of a file that Muster wrote as it was before: takes one `'` off each place where the guard had put it. */
export function readBackCell(value: string): string {
  return value.includes("'") ? value.replace(guards, "") : value;
}

function guarded(value: string): string {
  return value.replace(unguarded, "'");
}

/** Other programs' delimiters are quoted too, so that no reader takes one for ours. */
function holdsDelimiter(value: unknown): boolean {
  return typeof value === "string" && /[;\t|]/.test(value);
}
