const firstBytes = 256 * 1024;
/** UTF-8 bytes of one UTF-16 code unit at most. */
const bytesPerUnit = 3;

/**
 * Gives the lines as one UTF-8 buffer. Line by line, because joining them first costs six times as much: one letter
 * beyond Latin-1 makes the whole string a slow one. An earlier buffer that is no longer needed may be written over: new
 * ones for each block of a file would have V8 collect its whole heap again and again.
 */
export function copyBuffer(lines: Iterable<string>, over?: Buffer): Buffer {
  let buffer = over === undefined ? Buffer.allocUnsafe(firstBytes) : Buffer.from(over.buffer);
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
