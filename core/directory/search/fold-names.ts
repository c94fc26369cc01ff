import anyAscii from "any-ascii";
import { inNormalForm } from "../../../files/text/normal-form.ts";

/**
 * `text` as it is searched: ASCII in small letters, each run of blanks one. José is `jose`, 李雷 `lilei`. Done here and
 * not by Postgres, whose trigrams know no letters beyond ASCII where the database's locale is C.
 */
function fold(text: string): string {
  return anyAscii(inNormalForm(text, "NFC"))
    .toLowerCase()
    .replaceAll(/[^!-~]+/g, " ")
    .trim();
}

/** Names in one line to search in, each behind a blank, so that a pattern can ask for the beginning of a word. */
export function foldNames(names: readonly (string | null)[]): string {
  return names.map((name) => (name === null ? "" : ` ${fold(name)}`)).join("");
}

const mostWords = 6;

/**
 * The LIKE patterns that names must match to be found by `q`: any part of a name for each word of three letters or
 * more, the beginning of one for a shorter word, of which a trigram index knows nothing else. Empty where nothing of `q`
 * can be searched.
 */
export function searchPatterns(q: string): string[] {
  const words = fold(q).split(" ").slice(0, mostWords);
  return words
    .filter((word) => /[a-z0-9]/.test(word))
    .map((word) => `%${word.length < 3 ? " " : ""}${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
}

/** The patterns of `searchPatterns` where they say all that `q` does and an index answers each of them; else null. */
export function indexedPatterns(q: string): string[] | null {
  const words = fold(q).split(" ");
  const known = words.every((word) => word.length >= 3 && /[a-z0-9]/.test(word));
  return known && words.length <= mostWords ? searchPatterns(q) : null;
}
