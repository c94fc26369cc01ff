/** Rows that ended in a span of time, by outcome. */
export type Ended = { at: string; succeeded: number; unchanged: number; partial: number; failed: number };

/** The outcomes in the order in which a bar stacks them, from below. */
export const endedOutcomes = ["succeeded", "unchanged", "partial", "failed"] as const;

type EndedOutcome = (typeof endedOutcomes)[number];

/** A bar of a drawing of pace: when it begins, in milliseconds, and the rows that ended in it. */
export type PaceBar = Record<EndedOutcome, number> & { at: number; rows: number };

export type PaceBars = {
  /** The time that a bar stands for. */
  barSeconds: number;
  fromMs: number;
  /** Every bar from the first to the last, empty ones as well. */
  bars: PaceBar[];
  /** The tallest bar. */
  peak: PaceBar;
  sums: Record<EndedOutcome, number> & { rows: number };
};

const msPerSecond = 1000;
/** Steps of time that people count in, in seconds. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];

/**
 * Puts spans of `seconds` into at most `most` bars between `fromMs` and `toMs`, whose step is one that people count in.
 * Spans outside are left out.
 */
export function paceBars(
  { seconds, spans }: { seconds: number; spans: readonly Ended[] },
  { fromMs, toMs, most }: { fromMs: number; toMs: number; most: number },
): PaceBars {
  const wanted = Math.max(seconds, (toMs - fromMs) / msPerSecond / most);
  const barSeconds =
    steps.find((step) => step >= wanted && step % seconds === 0) ?? Math.ceil(wanted / seconds) * seconds;
  const stepMs = barSeconds * msPerSecond;
  const begin = Math.floor(fromMs / stepMs) * stepMs;
  const bars = Array.from({ length: Math.max(1, Math.ceil((toMs - begin) / stepMs)) }, (_, no) =>
    empty(begin + no * stepMs),
  );
  const all = empty(begin);
  for (const span of spans) {
    const bar = bars[Math.floor((Date.parse(span.at) - begin) / stepMs)];
    if (bar === undefined) continue;
    for (const outcome of endedOutcomes) {
      for (const sum of [bar, all]) {
        sum[outcome] += span[outcome];
        sum.rows += span[outcome];
      }
    }
  }
  const peak = bars.reduce((tallest, bar) => (bar.rows > tallest.rows ? bar : tallest));
  return { barSeconds, fromMs: begin, bars, peak, sums: all };
}

function empty(at: number): PaceBar {
  return { at, succeeded: 0, unchanged: 0, partial: 0, failed: 0, rows: 0 };
}

/** A round number that is not below `value`, for the top of an axis: 1, 2 or 5 times a power of ten. */
export function roundedUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((times) => times * power >= value) ?? 10);
}
