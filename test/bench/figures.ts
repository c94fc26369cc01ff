import type { Line } from "./table.ts";

/** A number as it is read. */
export function n(amount: number): string {
  return amount.toLocaleString("en");
}

/** Users a second, and the time in seconds. */
export function rate(rows: number, ms: number): string {
  return `${n(Math.round(rows / (ms / 1000)))} users/s (${seconds(ms)})`;
}

/** Milliseconds as seconds. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** How many a second, and the time in seconds. */
export function perSecond(count: number, ms: number): string {
  return `${n(Math.round(count / (ms / 1000)))}/s (${seconds(ms)})`;
}

/** How many times `one` is the `other`. */
export function ratio(one: number, other: number): string {
  return (one / other).toFixed(2);
}

/** What a line tells of `one`, which may be so many times the `other` at most; `of` says what that is. */
export function atMost(
  most: number,
  one: number,
  other: number,
  of = "",
): { ratio: string; target: string; met: boolean } {
  return {
    ratio: `${ratio(one, other)} × ${of}`.trimEnd(),
    target: `≤ ${most} × ${of}`.trimEnd(),
    met: one <= most * other,
  };
}

/** The line of a file of `rows` from its first byte until all are there, beside a COPY. */
export function endToEnd(rows: number, ms: number, copy: number): Line {
  return {
    what: `${n(rows)} rows end to end`,
    figure: rate(rows, ms),
    ratio: `${ratio(ms, copy)} × COPY`,
  };
}

/** Tells who waits what is measured now. */
export function say(what: string): void {
  process.stderr.write(`measuring ${what} …\n`);
}
