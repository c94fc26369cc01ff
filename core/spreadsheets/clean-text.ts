// Printable ASCII without blanks at its ends: what most cells are, and nothing to do for it.
const plain = /^[!-~](?:[ -~]*[!-~])?$/;
// Blanks of every kind, and the invisible marks that copying from other programs leaves at the ends of a value.
const ends =
  /^[\s\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]+|[\s\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]+$/g;
const control = /\p{Cc}/u;

/** `value` without blanks (or invisible marks) around it and in Unicode's NFC; empty where it is only blanks. */
export function cleanText(value: string): string {
  return plain.test(value) ? value : value.replace(ends, "").normalize("NFC");
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
