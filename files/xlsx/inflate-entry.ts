import { pipeline, Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { readAt } from "./read-at.ts";

/** Where the bytes of an entry lie in the open file `fd`, and whether they are deflated. */
export type EntryPlace = { fd: number; start: number; length: number; deflated: boolean };

const blockBytes = 65_536;

// Twice as fast as the 16 kB that zlib takes by itself.
const inflateBytes = 65_536;

/**
 * The bytes of an entry as they are inflated, no faster than they are taken. A reader may stop at any of them; then
 * nothing is left under way. Throws zlib's error where they are no deflated data, or end too early.
 */
export function inflateEntry(place: EntryPlace): Iterable<Buffer> | AsyncIterable<Buffer> {
  const raw = rawBytes(place);
  if (!place.deflated) return raw;
  const inflate = createInflateRaw({ chunkSize: inflateBytes });
  // Whoever reads hears of an error there; whoever stops early does not want to.
  pipeline(Readable.from(raw, { objectMode: false }), inflate, () => undefined);
  return inflate;
}

/**
 * Not yauzl's own stream: destroyed while one of its reads waits behind another, it reads through a file that it let go
 * of (3.4.0; 3 of 10 lists of 8 to 30 columns, whose sheet was chosen before its end).
 */
function* rawBytes({ fd, start, length }: EntryPlace): Generator<Buffer> {
  for (let at = 0; at < length; at += blockBytes) {
    const block = Buffer.allocUnsafe(Math.min(blockBytes, length - at));
    yield block.subarray(0, readAt(fd, block, start + at));
  }
}
