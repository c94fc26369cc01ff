import { Problem } from "../../contract/problem.ts";

// Bytes 80 to 9F. The five that Windows-1252 leaves undefined are U+FFFD, so that they become errors of their cells.
const upperControls = "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ";

/** `bytes` as Windows-1252. Not TextDecoder: some versions of Node read 80 to 9F as Latin-1. */
export function decodeWindows1252(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .replace(/[\x80-\x9f]/g, (character) => upperControls[character.charCodeAt(0) - 0x80]!);
}

/**
 * The encoding of text that is not UTF-8, judged by `sample`, which begins at the first byte beyond ASCII.
 * @throws Problem encoding_undecodable where the sample reads as nonsense in Windows-1252
 */
export function chooseLegacyEncoding(sample: Buffer): "Windows-1252" {
  if (!readsAsNonsense(sample)) return "Windows-1252";
  throw new Problem(
    "encoding_undecodable",
    "The file is neither UTF-8 nor UTF-16, and it reads as nonsense in Windows-1252. Save it as CSV UTF-8 and send it again.",
  );
}

/** In Western text letters beyond ASCII stand alone or in twos; Cyrillic, Greek or Chinese bytes stand in rows. */
function readsAsNonsense(sample: Buffer): boolean {
  let beyondAscii = 0;
  let inRows = 0;
  let row = 0;
  const looked = Math.min(sample.length, 65_536);
  for (let at = 0; at <= looked; at++) {
    if (at < looked && sample[at]! >= 0x80) {
      row++;
      continue;
    }
    beyondAscii += row;
    if (row > 3) inRows += row;
    row = 0;
  }
  return inRows * 2 > beyondAscii;
}
