import type { Mapping } from "./choose-columns.ts";
import { foldWords } from "../text/fold-words.ts";
import { recogniseHeader } from "../header/recognise-header.ts";

/** A mapping for a header, and the fingerprint of the latest earlier header that had a part in it. */
type Recalled = { mapping: Mapping; from: string };

/**
 * What was chosen for the columns of earlier tables, as a mapping for `header`: each column by itself, so that one column
 * more loses nothing. The latest choice for a label counts, and a field is given once: a column whose own words say it keeps
 * it. Undefined where nothing was chosen for any of the columns. `mappings` are by fingerprint, the latest first.
 */
export function recallColumns(header: string[], mappings: ReadonlyMap<string, Mapping>): Recalled | undefined {
  const places = placesOf(header);
  const words = recogniseHeader(header);
  const choices = new Map<number, string | null>();
  let from: string | undefined;
  for (const [fingerprint, mapping] of mappings) {
    for (const [label, field] of Object.entries(mapping)) {
      const at = places.get(foldWords(label));
      if (at === undefined || choices.has(at)) continue;
      const isTaken = field !== null && ([...choices.values()].includes(field) || isSaidElsewhere(words, field, at));
      if (isTaken) continue;
      choices.set(at, field);
      from ??= fingerprint;
    }
  }
  if (from === undefined) return undefined;
  return { mapping: Object.fromEntries([...choices].map(([at, field]) => [header[at]!, field])), from };
}

/** Labels by their words; of two that read the same, and of numbers that no file gave, nothing is recalled. */
function placesOf(header: string[]): Map<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  for (const [at, label] of header.entries()) {
    const word = foldWords(label);
    if (word === "" || /^Column \d+/.test(label)) continue;
    if (places.has(word)) twice.add(word);
    places.set(word, at);
  }
  for (const word of twice) places.delete(word);
  return places;
}

function isSaidElsewhere(words: readonly (string | null)[], field: string, at: number): boolean {
  return words.some((word, other) => word === field && other !== at);
}
