import type { Cause } from "../../contract/codes.ts";

const kinds: [pattern: RegExp, name: string][] = [
  [/[a-z]/, "a lower-case letter"],
  [/[A-Z]/, "an upper-case letter"],
  [/[0-9]/, "a digit"],
  [/[^A-Za-z0-9]/, "a symbol"],
];

/**
 * The cause `password_invalid` where `value` breaks the password rules, else null. The message never shows the value.
 * Rules: 8 to 256 printable ASCII characters, of three kinds out of lower case, upper case, digit and symbol.
 */
export function checkPassword(value: string): Cause | null {
  const broken = brokenRule(value);
  if (broken === null) return null;
  return {
    code: "password_invalid",
    field: "password",
    message: `The password ${broken}. Give 8 to 256 printable ASCII characters of three kinds (lower case, upper case, digit, symbol), or leave it blank and Muster makes one.`,
  };
}

function brokenRule(value: string): string | null {
  if (!/^[ -~]*$/.test(value)) return "has a character that is not printable ASCII";
  if (value.length < 8) return "is shorter than 8 characters";
  if (value.length > 256) return "is longer than 256 characters";
  const missing = kinds.filter(([pattern]) => !pattern.test(value)).map(([, name]) => name);
  return missing.length > 1 ? `lacks ${missing.join(" and ")}` : null;
}
