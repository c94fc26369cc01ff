const firstBytes = 256 * 1024;
/** UTF-8 bytes of one UTF-16 code unit at most. */
const bytesPerUnit = 3;

/**
 * Gives the lines as one UTF-8 buffer. Line by line, because joining them first costs six times as much: one letter
 * beyond Latin-1 makes the whole string a slow one. One after `last` begins as large as that, so that hardly any is
 * outgrown and left as garbage.
 */
export function copyBuffer(lines: Iterable<string>, last?: Buffer): Buffer {
  let buffer = Buffer.allocUnsafe(last?.buffer.byteLength ?? firstBytes);
  let end = 0;
  for (const line of lines) {
    const needed = end + line.length * bytesPerUnit;
    if (needed > buffer.length) buffer = grown(buffer, end, needed);
    end += buffer.write(line, end);
  }
  return buffer.subarray(0, end);
}

function grown(buffer: Buffer, end: number, needed: number) {
  const larger = Buffer.allocUnsafe(Math.max(needed, Math.ceil(buffer.length * 1.5)));
  buffer.copy(larger, 0, 0, end);
  return larger;
}
