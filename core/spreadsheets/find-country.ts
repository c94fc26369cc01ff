import { countryAliases, countryCodes } from "./country-codes.ts";
import { foldWords } from "./fold-words.ts";

/**
 * The ISO 3166-1 alpha-2 code, upper case, of a country given by code or by name; undefined where there is none.
 * Names are English, German or French, and English wins where one word means two countries.
 */
export function findCountry(value: string): string | undefined {
  return lookup().get(value.toLowerCase()) ?? lookup().get(foldWords(value));
}

let codes: Map<string, string> | undefined;

function lookup(): Map<string, string> {
  if (codes !== undefined) return codes;
  codes = new Map();
  const add = (name: string | undefined, code: string) => {
    if (name !== undefined && !codes!.has(foldWords(name))) codes!.set(foldWords(name), code);
  };
  for (const code of countryCodes) add(code, code);
  for (const language of ["en", "de", "fr"]) {
    const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    for (const code of countryCodes) add(names.of(code), code);
    if (language === "en") for (const [name, code] of Object.entries(countryAliases)) add(name, code);
  }
  return codes;
}
