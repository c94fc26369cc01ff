import { createHash } from "node:crypto";
import { foldWords } from "../text/fold-words.ts";

/**
 * What is the same for two files with the same columns, however their labels are capitalised, spaced or accented: the
 * SHA-256 of the folded labels in their order, in hex. Labels that only their signs tell apart (`Email`, `E-mail`) count as
 * they are written.
 */
export function headerFingerprint(header: readonly string[]): string {
  const folded = header.map(foldWords);
  const labels = header.map((label, at) => {
    const word = folded[at] ?? "";
    const alone = word !== "" && folded.indexOf(word) === folded.lastIndexOf(word);
    return alone ? word : label;
  });
  return createHash("sha256").update(JSON.stringify(labels)).digest("hex");
}
