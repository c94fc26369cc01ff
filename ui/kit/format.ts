import { texts } from "./texts.ts";

const whole = new Intl.NumberFormat();
const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const dayOnly = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** A whole number with its thousands apart. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** A rate in rows per second: one digit below ten, none above. */
export function formatRate(rate: number): string {
  return rate < 10 ? oneDigit.format(rate) : whole.format(Math.round(rate));
}

/** A moment as the agent's machine writes it. */
export function formatTime(iso: string): string {
  return dateAndTime.format(new Date(iso));
}

/** A day as the agent's machine writes it. */
export function formatDay(iso: string): string {
  return dayOnly.format(new Date(iso));
}

/** A stretch of time in its two greatest units. */
export function formatDuration(seconds: number): string {
  const { units } = texts;
  const s = Math.max(1, Math.round(seconds));
  if (s < 60) return units.seconds(s);
  if (s < 3600) return `${units.minutes(Math.floor(s / 60))} ${units.seconds(s % 60)}`;
  return `${units.hours(Math.floor(s / 3600))} ${units.minutes(Math.floor((s % 3600) / 60))}`;
}

/** The size of a file. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return texts.units.bytes(bytes);
  return bytes < 1_000_000 ? `${oneDigit.format(bytes / 1000)} kB` : `${oneDigit.format(bytes / 1_000_000)} MB`;
}

let regionNames: Intl.DisplayNames | undefined;

/** The name of a country by its code, or the code where it is unknown. */
export function countryName(code: string): string {
  regionNames ??= new Intl.DisplayNames(undefined, { type: "region" });
  try {
    return regionNames.of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}
