/** Whether the bytes from `at` on begin with one whole UTF-8 character, with half of one, or with none. */
export function sequenceAt(bytes: Buffer, at: number): "valid" | "cut" | "invalid" {
  const lead = bytes[at]!;
  const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0) return "invalid";
  for (let next = 1; next < length; next++) {
    const byte = bytes[at + next];
    if (byte === undefined) return "cut";
    const low = next > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = next > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (byte < low || byte > high) return "invalid";
  }
  return "valid";
}

/** Whether more of the characters beyond ASCII in `bytes` are whole in UTF-8 than are not. */
export function isRatherUtf8(bytes: Buffer): boolean {
  let balance = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! < 0x80) continue;
    if (sequenceAt(bytes, at) === "invalid") balance--;
    else {
      balance++;
      while (at + 1 < bytes.length && (bytes[at + 1]! & 0xc0) === 0x80) at++;
    }
  }
  return balance > 0;
}
