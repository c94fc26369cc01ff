let bytesOf: Map<string, number[]> | undefined;

/** `text` in GB18030; characters beyond its two-byte ones in four bytes. */
export function encodeGb18030(text: string): Buffer {
  bytesOf ??= makeTable();
  return Buffer.from(
    Array.from(text).flatMap((character) => {
      const code = character.codePointAt(0)!;
      if (code < 0x80) return [code];
      const bytes = bytesOf!.get(character);
      if (bytes === undefined) throw new Error(`no bytes for ${character}`);
      return bytes;
    }),
  );
}

/** Made by decoding every pair of bytes, because Node decodes GB18030 and does not encode it. */
function makeTable(): Map<string, number[]> {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder("gb18030");
  const add = (bytes: number[]) => {
    const character = decoder.decode(Uint8Array.from(bytes));
    if (Array.from(character).length === 1 && character !== "\uFFFD" && !table.has(character)) {
      table.set(character, bytes);
    }
  };
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) add([lead, trail]);
  }
  for (let second = 0x30; second <= 0x39; second++) {
    for (let third = 0x81; third <= 0xfe; third++) {
      for (let fourth = 0x30; fourth <= 0x39; fourth++) add([0x81, second, third, fourth]);
    }
  }
  return table;
}
