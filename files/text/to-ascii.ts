import anyAscii from "any-ascii";
import { inNormalForm } from "./normal-form.ts";

/** Countries where ä, ö and ü are written ae, oe and ue when they cannot be written; elsewhere they lose their dots. */
const germanWays = new Set(["DE", "AT", "CH", "LI", "LU"]);
const german: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue" };

/**
 * A name of any script in the small letters a–z, digits and `-`: blanks, apostrophes and signs are dropped, `Müller` is
 * `mueller` (and Björk of `country` SE `bjork`), 林美 is `linmei`. Empty where nothing of it can be written so, as with
 * signs and emoji. Letters are transliterated one by one by `any-ascii`, which reads Chinese characters as Mandarin.
 * `country` is an alpha-2 code, or null where it is not known.
 */
export function toAscii(name: string, country: string | null): string {
  let text = inNormalForm(name, "NFC").toLowerCase();
  if (country === null || germanWays.has(country)) text = text.replace(/[äöü]/g, (letter) => german[letter]!);
  const letters = text.replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[^\p{L}\p{M}\p{N}-]/gu, "");
  return anyAscii(letters)
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, "")
    .replace(/-+/g, "-")
    .replace(/^-|-$/g, "");
}
