import { constants, crc32, deflateRawSync } from "node:zlib";
import type { ZipPart } from "./write-zip.ts";

const pieceLength = 10_000_000;

/** `length` zero bytes, in pieces of 10 MB, for a part of a zip archive, deflated as small as can be: a thousandth. */
export function deflatedZeros(length: number): NonNullable<ZipPart["deflated"]> {
  const piece = Buffer.alloc(pieceLength);
  // Flushed like this a piece refers to nothing before it, so that each is the same bytes, deflated once.
  const deflated = deflateRawSync(piece, { level: 9, memLevel: 9, finishFlush: constants.Z_FULL_FLUSH });
  const bytes: Buffer[] = [];
  let crc = 0;
  for (let at = 0; at < length; at += pieceLength) {
    bytes.push(deflated);
    crc = crc32(piece, crc);
  }
  return { bytes: Buffer.concat([...bytes, deflateRawSync("")]), length, crc };
}
