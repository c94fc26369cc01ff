/**
 * Whether `sample`, which may end within a character, is Chinese text in GB18030: it decodes without a fault, and most of
 * its characters are among the 3,755 common ones that GB 2312 puts first. Text in the code pages of Cyrillic, Greek,
 * Japanese or Korean often decodes as well, but into rare characters, kana, or only the first part of the common ones.
 * At least `fewest` different common characters have to be there.
 */
export function readsAsChinese(sample: Buffer, fewest: number): boolean {
  if (!decodesStrictly(sample)) return false;
  const found = { all: 0, common: 0, other: 0, hangul: 0 };
  const different = new Set<number>();
  for (let at = 0; at < sample.length - 1; at++) {
    const lead = sample[at]!;
    if (lead < 0x80) continue;
    const trail = sample[++at]!;
    const kind = kindOf(lead, trail);
    // A character of four bytes: its second half begins anew.
    if (kind === "four") at += 2;
    if (kind === "punctuation") continue;
    found.all++;
    if (kind !== "common") {
      if (kind === "other") found.other++;
      continue;
    }
    found.common++;
    different.add(lead * 256 + trail);
    if (lead <= 0xc8) found.hangul++;
  }
  const korean = found.all >= 8 && found.hangul === found.all;
  return different.size >= fewest && found.common >= found.all * 0.6 && found.other <= found.all * 0.1 && !korean;
}

function kindOf(lead: number, trail: number): "common" | "rare" | "punctuation" | "other" | "four" {
  if (trail >= 0x30 && trail <= 0x39) return "four";
  if (trail < 0xa1) return "rare";
  if (lead === 0xa1 || lead === 0xa3) return "punctuation";
  // Kana, Greek and Cyrillic, which Chinese lists of users hardly have.
  if (lead >= 0xa2 && lead <= 0xa9) return "other";
  return lead >= 0xb0 && lead <= 0xd7 ? "common" : "rare";
}

function decodesStrictly(sample: Buffer): boolean {
  try {
    new TextDecoder("gb18030", { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}
