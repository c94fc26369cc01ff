/**
 * The bytes of `source` in blocks of at least `blockBytes` (the last may be shorter), so that decisions made on a block
 * do not hang on how the network cut the file.
 */
export async function* byteBlocks(source: AsyncIterable<Uint8Array>, blockBytes: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const bytes of source) {
    if (bytes.byteLength === 0) continue;
    held.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    length += bytes.byteLength;
    if (length < blockBytes) continue;
    yield held.length === 1 ? held[0]! : Buffer.concat(held, length);
    held = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(held, length);
}
