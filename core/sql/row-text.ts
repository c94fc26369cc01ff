/** The place in a text for the SQL function `format` at which it puts its value of this number; the first is the row's number. */
export function slot(value: number): string {
  return `%${value}$s`;
}

/** The text, as `format` is to give it. For what came from outside, and may hold a `%`. */
export function verbatim(text: string): string {
  return text.replaceAll("%", "%%");
}

/**
 * A message about a row, for `format(text, row_no, …)`: SQL gives the number of the row and further values, and the words
 * are those of `said`.
 */
export function rowText(said: string): string {
  return `Row ${slot(1)}: ${said}`;
}
