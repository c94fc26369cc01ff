import { isAscii } from "node:buffer";
import { Problem } from "../../contract/problem.ts";
import { chooseEncoding, decodeWindows1252, type ByteEncoding } from "./legacy-encoding.ts";
import { sequenceAt } from "./utf8-sequence.ts";

type Encoding = ByteEncoding | "UTF-8 with BOM" | "UTF-16 LE" | "UTF-16 BE";

/** Text on its way in: pieces of it, and the encoding as far as it is known; it is final after the last piece. */
export type DecodedText = { encoding: () => Encoding; pieces: AsyncGenerator<string> };

// Enough to tell encodings apart by; where the first letter beyond ASCII stands at the end of a block, the next is waited for.
const sampleBytes = 4096;

/**
 * Decodes `blocks` by design section 6: a BOM decides; else zero bytes decide for UTF-16; else the text is UTF-8 unless
 * its first letter beyond ASCII is not, then Windows-1252, or GB18030 where it reads as Chinese. A byte sequence that is
 * no text becomes U+FFFD, exactly one cell's trouble. Characters may lie across blocks.
 * @throws Problem encoding_undecodable
 */
export function decodeText(blocks: AsyncIterable<Buffer>): DecodedText {
  let encoding: Encoding = "UTF-8";
  return { encoding: () => encoding, pieces: withoutZeros(pieces()) };

  async function* pieces(): AsyncGenerator<string> {
    let carry: Buffer | null = null;
    let started = false;
    let decoder: Decoder | null = null;
    for await (const block of blocks) {
      let bytes: Buffer = carry === null ? block : Buffer.concat([carry, block]);
      carry = null;
      if (!started) {
        const start = startOf(bytes);
        encoding = start.encoding;
        bytes = bytes.subarray(start.skip);
        started = true;
        if (encoding === "UTF-16 LE" || encoding === "UTF-16 BE")
          decoder = streamed(encoding === "UTF-16 LE" ? "utf-16le" : "utf-16be");
        else if (encoding === "UTF-8 with BOM") decoder = utf8;
        else if (encoding === "GB18030") decoder = streamed("gb18030");
      }
      if (decoder === null) {
        if (isAscii(bytes)) {
          yield bytes.toString("latin1");
          continue;
        }
        const first = bytes.findIndex((byte) => byte >= 0x80);
        yield bytes.toString("latin1", 0, first);
        bytes = bytes.subarray(first);
        if (bytes.length < sampleBytes) {
          carry = bytes;
          continue;
        }
        decoder = decide(bytes);
      }
      const decoded = decoder(bytes, false);
      carry = decoded.carry;
      yield decoded.text;
    }
    if (carry !== null) {
      decoder ??= decide(carry);
      yield decoder(carry, true).text;
    }
  }

  function decide(sample: Buffer): Decoder {
    const chosen = chooseEncoding(sample);
    encoding = chosen;
    if (chosen === "UTF-8") return utf8;
    return chosen === "GB18030" ? streamed("gb18030") : windows1252;
  }
}

/** NUL is valid Unicode and no text: Postgres stores none, so it is damage like any other. */
async function* withoutZeros(pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  for await (const piece of pieces) yield piece.includes("\0") ? piece.replaceAll("\0", "\uFFFD") : piece;
}

type Decoded = { text: string; carry: Buffer | null };
type Decoder = (bytes: Buffer, last: boolean) => Decoded;

function startOf(bytes: Buffer): { encoding: Encoding; skip: number } {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "UTF-8 with BOM", skip: 3 };
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    throw new Problem(
      "encoding_undecodable",
      "The file is UTF-32. Muster looked for UTF-8, UTF-16, Windows-1252 or GB18030: save it as CSV UTF-8.",
    );
  }
  if (a === 0x84 && b === 0x31 && c === 0x95 && d === 0x33) return { encoding: "GB18030", skip: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: "UTF-16 LE", skip: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "UTF-16 BE", skip: 2 };
  return { encoding: zeroBytesSay(bytes) ?? "UTF-8", skip: 0 };
}

/** UTF-16 where one byte of each pair is zero often (letters, delimiters and line ends) and the other seldom. */
function zeroBytesSay(bytes: Buffer): Encoding | null {
  if (!bytes.includes(0)) return null;
  const zeros = [0, 0];
  const looked = Math.min(bytes.length, 65_536);
  for (let at = 0; at < looked; at++) if (bytes[at] === 0) zeros[at & 1]!++;
  const pairs = looked / 2;
  const [even, odd] = [zeros[0]! / pairs, zeros[1]! / pairs];
  if (odd > 0.1 && even < odd / 3) return "UTF-16 LE";
  if (even > 0.1 && odd < even / 3) return "UTF-16 BE";
  return null;
}

function streamed(label: "utf-16le" | "utf-16be" | "gb18030"): Decoder {
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  const empty = Buffer.alloc(0);
  return (bytes, last) => {
    if (last) return { text: decoder.decode(bytes), carry: null };
    // The carry is what makes the last call happen, where the decoder tells of half a character.
    return { text: decoder.decode(bytes, { stream: true }), carry: empty };
  };
}

// Not TextDecoder: Buffer's own decoder is several times as fast, and borders take only these few lines.
function utf8(bytes: Buffer, last: boolean): Decoded {
  if (last) return { text: bytes.toString("utf8"), carry: null };
  let cut = bytes.length;
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      if (sequenceAt(bytes, bytes.length - back) === "cut") cut = bytes.length - back;
      break;
    }
  }
  return { text: bytes.toString("utf8", 0, cut), carry: cut === bytes.length ? null : bytes.subarray(cut) };
}

function windows1252(bytes: Buffer): Decoded {
  return { text: decodeWindows1252(bytes), carry: null };
}
