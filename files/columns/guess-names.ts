import type { FieldName } from "../../contract/fields.ts";
import { foldWords } from "../text/fold-words.ts";

/** Longer values are no names, and to look for their words in each other would take long. Domain notes, section 4. */
const longestName = 256;

type NameGuess = { at: number; field: FieldName; reason: string };

// Transcribed names and second given names never all agree with the address.
const enough = 0.6;

/**
 * Which of the `open` columns hold the names of the people whose `addresses` stand beside them: `ana.silva@…` says what
 * Ana and what Silva is. Only fields that are `free` are given.
 */
export function guessNames(
  addresses: string[],
  open: { at: number; values: string[] }[],
  free: ReadonlySet<FieldName>,
): NameGuess[] {
  const locals = addresses.map((address) => foldWords(address.split("@")[0]!));
  const shares = open.map(({ at, values }) => ({ at, ...sharesOf(values, locals) }));
  const guesses: NameGuess[] = [];
  for (const [field, part, where] of [
    ["displayName", "whole", "hold the name that the address is made of"],
    ["givenName", "first", "begin the address of their row"],
    ["surname", "last", "end the address of their row"],
  ] as const) {
    const rest = shares.filter(({ at }) => guesses.every((guess) => guess.at !== at));
    const best = rest.sort((one, other) => other[part] - one[part] || one.at - other.at)[0];
    if (best === undefined || best[part] < enough || !free.has(field)) continue;
    guesses.push({ at: best.at, field, reason: `${Math.round(best[part] * 100)} % of the values ${where}.` });
  }
  return guesses;
}

function sharesOf(values: string[], locals: string[]): { whole: number; first: number; last: number } {
  const counts = { whole: 0, first: 0, last: 0, filled: 0 };
  for (const [at, value] of values.entries()) {
    const local = locals[at] ?? "";
    if (value === "" || local === "") continue;
    counts.filled++;
    if (value.length > longestName) continue;
    const words = value.split(/[\s,]+/).map(foldWords);
    if (words.length > 1 && words.filter((word) => word.length > 1 && local.includes(word)).length > 1) counts.whole++;
    const name = foldWords(value);
    // One letter would begin any address, and a name that is all of it is a username.
    if (name.length < 2 || name === local) continue;
    if (local.startsWith(name)) counts.first++;
    if (local.endsWith(name)) counts.last++;
  }
  const of = (count: number) => (counts.filled === 0 ? 0 : count / counts.filled);
  return { whole: of(counts.whole), first: of(counts.first), last: of(counts.last) };
}
