import { createHash } from "node:crypto";
import { foldWords } from "./fold-words.ts";

/**
 * What is the same for two files with the same columns, however their labels are capitalised, spaced or accented: the
 * SHA-256 of the folded labels in their order, in hex. Null where labels cannot be told apart once they are folded.
 */
export function headerFingerprint(header: readonly string[]): string | null {
  // A label of signs alone folds to nothing.
  const folded = header.map((label) => foldWords(label) || label);
  if (new Set(folded).size < folded.length) return null;
  return createHash("sha256").update(JSON.stringify(folded)).digest("hex");
}
