/** One value of a `COPY … FROM STDIN` line in text format; null becomes `\N`. */
function copyValue(value: string | null | undefined): string {
  if (value === null || value === undefined) return "\\N";
  return needsEscape.test(value) ? value.replaceAll(escapes, escapeOne) : value;
}

/** Values as a whole line, or the end of one. */
export function copyLine(values: readonly (string | null)[]): string {
  let line = copyValue(values[0]);
  for (let at = 1; at < values.length; at++) line += `\t${copyValue(values[at])}`;
  return `${line}\n`;
}

/** A `text[]` as one value of a COPY line. U+0000, which Postgres cannot hold, becomes U+FFFD, which reading refuses. */
export function copyTextArray(values: readonly string[]): string {
  let literal = "{";
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? "";
    if (at > 0) literal += ",";
    literal += arrayEscape.test(value)
      ? `"${copyValue(value.replaceAll("\0", "\uFFFD").replaceAll(/["\\]/g, "\\$&"))}"`
      : `"${value}"`;
  }
  return `${literal}}`;
}

/** A `bytea` as one value of a COPY line. */
export function copyBytes(value: Buffer | null): string {
  return value === null ? "\\N" : `\\\\x${value.toString("hex")}`;
}

const needsEscape = /[\\\t\n\r\0]/;
const escapes = /[\\\t\n\r\0]/g;
const arrayEscape = /["\\\t\n\r\0]/;

function escapeOne(character: string): string {
  switch (character) {
    case "\t":
      return "\\t";
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    case "\0":
      return "\uFFFD";
    default:
      return "\\\\";
  }
}
