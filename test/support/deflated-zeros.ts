import { crc32, createDeflateRaw } from "node:zlib";
import type { ZipPart } from "./write-zip.ts";

/** `length` zero bytes for a part of a zip archive, deflated as small as can be: a thousandth. */
export async function deflatedZeros(length: number): Promise<NonNullable<ZipPart["deflated"]>> {
  const deflate = createDeflateRaw({ level: 9, memLevel: 9 });
  const piece = Buffer.alloc(1_000_000);
  const bytes: Buffer[] = [];
  deflate.on("data", (some: Buffer) => bytes.push(some));
  let crc = 0;
  for (let at = 0; at < length; at += piece.length) {
    crc = crc32(piece, crc);
    if (!deflate.write(piece)) await new Promise((resolve) => deflate.once("drain", resolve));
  }
  await new Promise((resolve) => deflate.end(() => setImmediate(resolve)));
  return { bytes: Buffer.concat(bytes), length, crc };
}
