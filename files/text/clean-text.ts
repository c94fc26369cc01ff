import { inNormalForm } from "./normal-form.ts";

// Printable ASCII without blanks at its ends: what most cells are, and nothing to do for it.
const plain = /^[!-~](?:[ -~]*[!-~])?$/;
// Blanks of every kind, and the invisible marks that copying from other programs leaves at the ends of a value.
const blank = /[\s\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/;
const control = /\p{Cc}/u;

/** `value` without blanks (or invisible marks) around it and in Unicode's NFC; empty where it is only blanks. */
export function cleanText(value: string): string {
  return plain.test(value) ? value : inNormalForm(withoutEnds(value), "NFC");
}

/** A loop, because a pattern for the end of a text tries each run of blanks inside it, and each blank of the run. */
function withoutEnds(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && blank.test(value[start]!)) start++;
  while (end > start && blank.test(value[end - 1]!)) end--;
  return value.slice(start, end);
}

/** The first control character in a cleaned value as `U+0007`, or null. */
export function controlCharacter(value: string): string | null {
  const found = control.exec(value);
  return found === null ? null : `U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Whether a cleaned value is printable ASCII, and so needs no further look at its characters. */
export function isPlain(value: string): boolean {
  return plain.test(value);
}
