import type { CellFormats } from "./cell-formats.ts";
import { withoutEscapes } from "./rich-text.ts";
import type { SharedStrings } from "./shared-strings.ts";
import { showMoment } from "./show-moment.ts";
import { plainNumber, showDigits } from "./show-number.ts";

/** What the text of any cell is read with. */
export type CellReading = { strings: SharedStrings; formats: CellFormats; date1904: boolean };

/**
 * A cell as an agent sees it: `type` and `style` are its attributes `t` and `s`, `value` its stored value, which of a
 * formula is the result that was last worked out.
 * @throws Problem workbook_broken
 */
export function cellText(reading: CellReading, type: string | undefined, style: string | undefined, value: string) {
  switch (type) {
    case "s":
      return value === "" ? "" : reading.strings(numberOf(value));
    case "str":
      return withoutEscapes(value);
    case "b":
      return value === "" ? "" : value === "0" || value === "false" ? "FALSE" : "TRUE";
    case "d":
      return value.trim().replace(/T00:00(?::00(?:\.0+)?)?Z?$/, "");
    case undefined:
    case "n":
      return value === "" ? "" : numberText(reading, style, value);
    default:
      // An error, as its text: #N/A.
      return value;
  }
}

function numberText({ formats, date1904 }: CellReading, style: string | undefined, value: string): string {
  const format = style === undefined ? null : formats(style);
  if (format === null) return plainNumber(value);
  return format.kind === "digits" ? showDigits(value, format.sections) : showMoment(value, format, date1904);
}

/** The number that `value` says. Digits are read one by one: V8 calls out of its code for a text that it sees first. */
function numberOf(value: string): number {
  let number = 0;
  for (let at = 0; at < value.length; at++) {
    const digit = value.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number(value);
    number = number * 10 + digit;
  }
  return number;
}
