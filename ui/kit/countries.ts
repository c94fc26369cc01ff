import { countryName } from "./format.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** Codes that `Intl` names although ISO 3166-1 has not assigned them. */
const unassigned = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split(" ");

let list: { code: string; name: string }[] | undefined;

/** The countries of ISO 3166-1 with their names in the agent's language, by name. */
export function countries(): { code: string; name: string }[] {
  list ??= Array.from(letters)
    .flatMap((one) => Array.from(letters, (other) => one + other))
    .filter((code) => !unassigned.includes(code) && isRegion(code))
    .map((code) => ({ code, name: countryName(code) }))
    .sort((one, other) => one.name.localeCompare(other.name));
  return list;
}

/** A code that stands for another one (UK for GB) reads back as that one; a code that stands for nothing has no name. */
function isRegion(code: string): boolean {
  return new Intl.Locale(`und-${code}`).region === code && countryName(code) !== code;
}
