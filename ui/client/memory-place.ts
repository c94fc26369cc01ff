import type { DraftPlace } from "./draft-store.ts";

/** A place for drafts that ends with the page; they stand in `kept`. */
export function memoryPlace(kept = new Map<string, string>()): DraftPlace {
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (at) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size;
    },
  };
}
