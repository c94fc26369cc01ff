const named = new Map(Object.entries({ lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" }));

/** Finds what has no place in XML. */
const noCharacter = /[^\t\n\r -\uFFFF]/;

/** Whether `raw`, a character for each byte of UTF-8, is what it stands for: ASCII on one line, without references. */
export function standsForItself(raw: string): boolean {
  return !/[^ -%'-~]/.test(raw);
}

/** Whether `raw` stands for itself. Throws `malformed` where something has no place in XML. */
export function isPlainMarkup(raw: string, malformed: () => Error): boolean {
  if (standsForItself(raw)) return true;
  if (noCharacter.test(raw)) throw malformed();
  return false;
}

/** `raw` with line feeds for all line ends, which XML asks for before anything else. */
export function withLineFeeds(raw: string): string {
  return raw.includes("\r") ? raw.replace(/\r\n?/g, "\n") : raw;
}

/** `raw` with the characters that it refers to, as by `&amp;` or `&#x1F600;`. Throws `malformed` for any other `&`. */
export function withoutReferences(raw: string, malformed: () => Error): string {
  if (!raw.includes("&")) return raw;
  return raw.replace(/&(?:(\w+)|#(\d+)|#x([\dA-Fa-f]+));|&/g, (_, name?: string, decimal?: string, hex?: string) => {
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    const character = name === undefined ? characterOf(code) : named.get(name);
    if (character === undefined) throw malformed();
    return character;
  });
}

function characterOf(code: number): string | undefined {
  // Half a surrogate pair is none.
  if (!(code <= 0x10_ffff) || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  const character = String.fromCodePoint(code);
  return noCharacter.test(character) ? undefined : character;
}
