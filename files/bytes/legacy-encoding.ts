import { Problem } from "../../contract/problem.ts";
import { readsAsChinese } from "./reads-as-chinese.ts";
import { isRatherUtf8, sequenceAt } from "./utf8-sequence.ts";

/** The encodings of text without a BOM that is no UTF-16. */
export type ByteEncoding = "UTF-8" | "Windows-1252" | "GB18030";

// Bytes 80 to 9F. The five that Windows-1252 leaves undefined are U+FFFD, so that they become errors of their cells.
const upperControls = "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ";

/** `bytes` as Windows-1252. Not TextDecoder: some versions of Node read 80 to 9F as Latin-1. */
export function decodeWindows1252(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .replace(/[\x80-\x9f]/g, (character) => upperControls[character.charCodeAt(0) - 0x80]!);
}

/**
 * The encoding of text, told by `sample`, which begins at the first byte beyond ASCII.
 * @throws Problem encoding_undecodable where the sample is no UTF-8, reads as nonsense in Windows-1252 and is no Chinese
 */
export function chooseEncoding(sample: Buffer): ByteEncoding {
  if (sequenceAt(sample, 0) === "valid") {
    // A quarter of the Chinese characters begin as UTF-8 does, by chance. The rest of the sample tells.
    return !isRatherUtf8(sample) && readsAsChinese(sample, 2) ? "GB18030" : "UTF-8";
  }
  const { nonsense, even } = rowsBeyondAscii(sample);
  if (nonsense && readsAsChinese(sample, 2)) return "GB18030";
  // Names of one or two characters stand in rows too short to be nonsense, but all of them in pairs of bytes. So does the
  // end of CONCEIÇÃO, which is one Chinese character, but not three.
  if (even && readsAsChinese(sample, 3)) return "GB18030";
  if (!nonsense) return "Windows-1252";
  throw new Problem(
    "encoding_undecodable",
    "The file is neither UTF-8 nor UTF-16, it reads as nonsense in Windows-1252 and is not Chinese in GB18030. Save it as CSV UTF-8 and send it again.",
  );
}

/**
 * In Western text letters beyond ASCII stand alone or in twos; Cyrillic, Greek or Chinese bytes stand in rows. `even` says
 * that all of them stand in pairs.
 */
function rowsBeyondAscii(sample: Buffer): { nonsense: boolean; even: boolean } {
  let beyondAscii = 0;
  let inRows = 0;
  let undefinedBytes = 0;
  let row = 0;
  let even = true;
  const looked = Math.min(sample.length, 65_536);
  for (let at = 0; at <= looked; at++) {
    if (at < looked && sample[at]! >= 0x80) {
      row++;
      if (isUndefined(sample[at]!)) undefinedBytes++;
      continue;
    }
    beyondAscii += row;
    if (row > 3) inRows += row;
    if (row % 2 === 1 && at < looked) even = false;
    row = 0;
  }
  return { nonsense: inRows * 2 > beyondAscii || (undefinedBytes > 1 && undefinedBytes * 20 > beyondAscii), even };
}

/** The bytes that no text in Windows-1252 has, and Shift_JIS has many of. */
function isUndefined(byte: number): boolean {
  return byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d;
}
