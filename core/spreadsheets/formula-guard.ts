const startsFormula = /^'*[=+\-@\t\r]/;

/** `value` as it may stand in a file that leaves: what a spreadsheet program would take for a formula gets a `'`. */
export function guardFormula(value: string): string {
  return startsFormula.test(value) ? `'${value}` : value;
}

/** The reverse of `guardFormula`, for files that Muster wrote: takes one `'` off. */
export function readBackCell(value: string): string {
  return value.startsWith("'") && startsFormula.test(value) ? value.slice(1) : value;
}
