import { quoteValue } from "../../contract/codes.ts";
import { Problem } from "../../contract/problem.ts";

const placeholders = {
  givenName: { field: "givenName", initial: false },
  surname: { field: "surname", initial: false },
  displayName: { field: "displayName", initial: false },
  g: { field: "givenName", initial: true },
  s: { field: "surname", initial: true },
} as const;

type NamePart = (typeof placeholders)[keyof typeof placeholders];

/** How usernames are built: plain text, and names or their first letters. */
export type UpnPattern = (string | NamePart)[];

const known = "{givenName}, {surname}, {displayName}, {g} and {s} (first letters)";

/**
 * Reads a pattern such as `{givenName}.{surname}` or `{g}{surname}`, which makes the part before the @.
 * @throws Problem body_invalid, naming what is wrong and what may stand there
 */
export function parseUpnPattern(pattern: string): UpnPattern {
  const parts = pattern.trim().split(/(\{[^{}]*\})/);
  const read = parts
    .filter((part) => part !== "")
    .map((part) => (part.startsWith("{") ? named(part, pattern) : plain(part, pattern)));
  if (read.every((part) => typeof part === "string")) throw refused(pattern, `It has no name in it. Put in ${known}.`);
  const last = read.at(-1);
  if (typeof last === "string" && last.endsWith("."))
    throw refused(pattern, "It ends with a dot, and no dot may stand directly before the @. Remove it.");
  return read;
}

function named(part: string, pattern: string): NamePart {
  const name = part.slice(1, -1).trim();
  const found = Object.entries(placeholders).find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw refused(pattern, `${quoteValue(part)} is not a name that Muster knows. Use ${known}.`);
  return found[1];
}

function plain(text: string, pattern: string): string {
  if (text.includes("@"))
    throw refused(
      pattern,
      "It has an @. Leave out the domain: names get the customer's default one, or that of the option domain.",
    );
  const bad = Array.from(text).find((character) => !/[A-Za-z0-9'._!#^~-]/.test(character));
  if (bad !== undefined)
    throw refused(
      pattern,
      `${quoteValue(bad)} is not allowed in it. Beside names use A–Z, a–z, 0–9 and ' . - _ ! # ^ ~`,
    );
  return text.toLowerCase();
}

function refused(pattern: string, advice: string): Problem {
  return new Problem("body_invalid", `Usernames cannot be built by ${quoteValue(pattern)}. ${advice}`, {
    errors: [{ column: "upnPattern", value: Array.from(pattern).slice(0, 80).join(""), message: advice }],
  });
}
