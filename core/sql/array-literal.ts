/** A Postgres array of values that need no quoting, or carry their quotes: numbers, ids, hexadecimal. */
export function arrayLiteral(values: readonly (number | string)[]): string {
  return `{${values.join(",")}}`;
}
