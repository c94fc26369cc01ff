import { countryAliases, countryCodes, countryLanguages, foreignAliases } from "./country-codes.ts";
import { foldWords } from "../text/fold-words.ts";
import { inNormalForm } from "../text/normal-form.ts";

/**
 * The ISO 3166-1 alpha-2 code, upper case, of a country given by code or by name; undefined where there is none. Names
 * may be in any language of `countryLanguages`, whole or short (`UK`, `Holland`, `中国`). Accents may be left out where no
 * other country or code comes of it: `Áo` is Austria and `AO` Angola.
 */
export function findCountry(value: string): string | undefined {
  const { english, folded } = (names ??= { english: englishNames(), folded: null });
  // Codes and English names come first, and are all that most files have.
  const known = english.get(value.toLowerCase());
  if (known !== undefined) return known;
  const folds = foldWords(value);
  // N/A folds to the code of Namibia.
  const word = folds.length > 2 || !isBare(value) || /^[a-z]{2}$/i.test(value) ? folds : "";
  // An accent says that the word is no English one.
  const plain = isBare(value) ? english.get(word) : undefined;
  if (plain !== undefined) return plain;
  const foreign = folded ?? (names.folded = foreignNames(english));
  return foreign.get(exact(value)) ?? foreign.get(word);
}

let names: { english: Map<string, string>; folded: Map<string, string> | null } | undefined;

function englishNames(): Map<string, string> {
  const found = new Map<string, string>();
  for (const code of countryCodes) found.set(code.toLowerCase(), code);
  for (const [name, code] of namesIn("en")) add(found, foldWords(name), code);
  for (const [name, code] of Object.entries(countryAliases)) {
    add(found, exact(name), code);
    add(found, foldWords(name), code);
  }
  return found;
}

/** Names as they are written and as they are folded, after codes and English names, which win where a fold is theirs. */
function foreignNames(english: Map<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  const all = [
    ...countryLanguages.flatMap(namesIn),
    ...Object.entries(foreignAliases).flatMap(([code, aliases]) => aliases.map((name): Named => [name, code])),
  ];
  for (const [name, code] of all) add(found, exact(name), code);
  for (const [word, code] of english) add(found, word, code);
  for (const [name, code] of all) {
    const word = foldWords(name);
    // Italy is Ý in Vietnamese, but Y is not a country.
    if (word.length > 2 || /[^a-z]/.test(word)) add(found, word, code);
  }
  return found;
}

type Named = [name: string, code: string];

function namesIn(language: string): Named[] {
  return (["long", "short"] as const).flatMap((style) => {
    const display = new Intl.DisplayNames(language, { type: "region", fallback: "none", style });
    return countryCodes.flatMap((code): Named[] => {
      const name = display.of(code);
      return name === undefined ? [] : [[name, code]];
    });
  });
}

function add(found: Map<string, string>, word: string, code: string): void {
  if (word !== "" && !found.has(word)) found.set(word, code);
}

function exact(value: string): string {
  return inNormalForm(value, "NFC").toLowerCase();
}

function isBare(value: string): boolean {
  return /^\p{ASCII}*$/u.test(value);
}
