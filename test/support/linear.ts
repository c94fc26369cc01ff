const longest = 16_000;
const quickMs = 60;
const mostGrowth = 10;

// What patterns repeat, alone or in turns, and what Unicode puts in order.
const pumps = [
  ...Array.from(" \t\u00A0\u200B\n\r\0a1é\u6797@.,;:+-_/|'\"\\&=~!?*%<>(){}[]（）\u0301\uFF9E"),
  ...' ,| a|a |é |1 |1-|(1|+1|x1|ext |1x|a@|@a|.a|a.|; |;;|a;|[]|[(|""|",|_x|_x0041_|{g}|{"|T00|0.|\r\n|\n,|\'=|-\''.split(
    "|",
  ),
  "\uD83D",
  "\u0301\u0323",
  "\uFF9E\u0301",
  "\uFF76\uFF9E\u0301",
  "SPE_E3;",
  '"a" b,',
  ' "a" b,',
  '"a"",b,',
  '""a\\",',
  "Global admin,",
];
const ends = [
  ["", ""],
  ["1", "é"],
] as const;

/** Texts that are long and repetitive in the ways that cost a reader most, `length` characters each. */
function* longTexts(length: number): Generator<string> {
  for (const pump of pumps) {
    for (const [first, last] of ends) yield first + pump.repeat(Math.ceil(length / pump.length)) + last;
  }
  // Marks of one kind before those of another, which Unicode puts the other way round.
  yield `a${"\u0301".repeat(length / 2)}${"\u0323".repeat(length / 2)}`;
}

/**
 * The texts for which `read` takes more than its share: four times as long a text takes it ten times as long, where a
 * linear reader takes four and a quadratic one sixteen. What takes hardly any time is not measured.
 */
export function superlinear(read: (text: string) => unknown): string[] {
  const shorter = [...longTexts(longest / 4)];
  return [...longTexts(longest)].flatMap((text, at) => {
    if (costMs(() => read(text)) < quickMs) return [];
    const growth = growthOf(
      () => read(shorter[at]!),
      () => read(text),
    );
    return growth < mostGrowth
      ? []
      : [`${JSON.stringify(text.slice(0, 20))}… costs ${growth} times what a fourth of it costs`];
  });
}

/**
 * How many times as much as `small` does `large` cost. Both are run in turns and the least of each counts; what looks too
 * dear is run again, since others work too and memory that is cleared up meanwhile is time of the processor as well.
 */
export function growthOf(small: () => unknown, large: () => unknown): number {
  let [least, most] = [Infinity, Infinity];
  for (let turn = 0; turn < 5 || (turn < 30 && most / least >= mostGrowth); turn++) {
    most = Math.min(most, costMs(large));
    least = Math.min(least, costMs(small));
  }
  return most / least;
}

/** Time of the processor, not of the clock. */
function costMs(run: () => unknown): number {
  const before = process.cpuUsage();
  try {
    run();
  } catch {
    // A refusal is an answer too.
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
