// Not U+0085: it is what the dots of Windows-1252 become where a program took them for Latin-1.
const lineEnd = /\r\n|[\n\v\r\u2028\u2029]/;

/** Whether `value` goes on over several lines, as Alt+Enter in Excel writes them. */
export function hasLines(value: string): boolean {
  return lineEnd.test(value.trim());
}

/** `value` on one line, with `, ` where one ended; blank lines are left out. */
export function joinLines(value: string): string {
  const lines = value.split(lineEnd).map((line) => line.trim());
  return lines
    .filter((line) => line !== "")
    .map((line, at, all) => (line.endsWith(",") && at + 1 < all.length ? line.slice(0, -1) : line))
    .join(", ");
}
