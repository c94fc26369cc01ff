/**
 * The bytes of `source` in blocks of `blockBytes` (the last may be shorter), so that decisions made on a block do not hang
 * on how the network cut the file.
 */
export async function* byteBlocks(source: AsyncIterable<Uint8Array>, blockBytes: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const bytes of source) {
    held.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    length += bytes.byteLength;
    if (length < blockBytes) continue;
    let rest = Buffer.concat(held, length);
    for (; rest.length >= blockBytes; rest = rest.subarray(blockBytes)) yield rest.subarray(0, blockBytes);
    held = [rest];
    length = rest.length;
  }
  if (length > 0) yield Buffer.concat(held, length);
}
