import { foldWords } from "./fold-words.ts";

const yes = new Set(["yes", "true", "1", "ja", "oui", "y", "wahr", "vrai", "enabled", "on"]);
const no = new Set(["no", "false", "0", "nein", "non", "n", "falsch", "faux", "disabled", "off"]);

/** Whether a cell says yes or no, in English, German or French; null where it says neither. */
export function readSwitch(value: string): boolean | null {
  const word = yes.has(value) || no.has(value) ? value : foldWords(value);
  if (yes.has(word)) return true;
  return no.has(word) ? false : null;
}
