/** How a number format shows numbers, as far as it matters for a list of users; null shows them plainly. */
export type CellFormat =
  | { kind: "moment"; date: boolean; time: boolean; elapsed: boolean }
  | { kind: "digits"; sections: DigitsSection[] }
  | null;

/** One section of a format of digits and marks, such as `00000` or `000-0000`. */
export type DigitsSection = {
  /** For which numbers it is meant, where it says so itself. */
  condition: { operator: string; limit: number } | null;
  /** Places `0`, `#` and `?`, and the marks between them. */
  tokens: { place: boolean; text: string }[];
};

// ECMA-376 part 1, 18.8.30: the formats without a code of their own that show dates or times, East Asian ones included.
const builtInMoments: [first: number, last: number, date: boolean, time: boolean][] = [
  [14, 17, true, false],
  [18, 21, false, true],
  [22, 22, true, true],
  [27, 31, true, false],
  [32, 35, false, true],
  [36, 36, true, false],
  [45, 47, false, true],
  [50, 54, true, false],
  [55, 56, false, true],
  [57, 58, true, false],
];

/** The format of the number `id`, whose code is `code` unless it is built in. */
export function readFormat(id: number, code: string | undefined): CellFormat {
  if (code !== undefined) return readCode(code);
  const found = builtInMoments.find(([first, last]) => id >= first && id <= last);
  return found === undefined ? null : { kind: "moment", date: found[2], time: found[3], elapsed: id === 46 };
}

function readCode(code: string): CellFormat {
  if (/^\s*general/i.test(code)) return null;
  const sections = splitSections(code);
  return readMoment(sections[0]!) ?? readDigits(sections);
}

/** The sections of a format code, which a semicolon ends unless it is quoted or escaped. */
function splitSections(code: string): string[] {
  return (code.match(/(?:"[^"]*"?|\\.|[^;"\\])*;?/g) ?? []).slice(0, 4).map((section) => section.replace(/;$/, ""));
}

function readMoment(section: string): CellFormat {
  const elapsed = /\[(?:h+|m+|s+)\]/i.test(section);
  const letters = section.replace(/"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?/g, "");
  const clock = letters.replace(/AM\/PM|A\/P/gi, "h");
  if (/[#?]|e\+|e-/i.test(clock) || /^[^ymdhs]*0/i.test(clock)) return null;
  const time = elapsed || /[hs]/i.test(clock);
  const date = /[yd]/i.test(clock) || (!time && /m/i.test(clock));
  return date || time ? { kind: "moment", date, time, elapsed } : null;
}

/** Formats that may show a zero in front: all others show a whole number as it is, or with marks that nobody needs. */
function readDigits(codes: string[]): CellFormat {
  const sections = codes.map(readSection);
  const keepsZeros = sections.some((section) => {
    const places = section?.tokens.filter((token) => token.place) ?? [];
    return places.slice(0, -1).some((token) => token.text === "0");
  });
  if (!keepsZeros || sections[0] == null) return null;
  return { kind: "digits", sections: sections.filter((section) => section !== null) };
}

function readSection(code: string): DigitsSection | null {
  const section: DigitsSection = { condition: null, tokens: [] };
  for (const [token] of code.matchAll(/"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|./gsu)) {
    const first = token[0]!;
    if (token === "0" || token === "#" || token === "?") section.tokens.push({ place: true, text: token });
    else if (first === '"') section.tokens.push({ place: false, text: token.replaceAll('"', "") });
    else if (first === "\\") section.tokens.push({ place: false, text: token.slice(1) });
    else if (first === "[") section.condition ??= readCondition(token);
    else if (/^[ ()+:-]$/.test(token)) section.tokens.push({ place: false, text: token });
    else if (first !== "_" && first !== "*") return null;
  }
  return section.tokens.some((token) => token.place) ? section : null;
}

function readCondition(bracketed: string): DigitsSection["condition"] {
  const found = /^\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]$/.exec(bracketed);
  return found === null ? null : { operator: found[1]!, limit: Number(found[2]) };
}
