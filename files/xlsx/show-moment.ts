import { plainNumber } from "./show-number.ts";

const daySeconds = 86_400;
const dayMs = daySeconds * 1000;

// 9999-12-31, the last day that Excel knows.
const lastDay = { from1900: 2_958_465, from1904: 2_957_003 };

/**
 * A stored number of days as `2024-05-01`, `2024-05-01T13:30:00` or `13:30:00`: the time only where the number has one
 * and its format shows one. Hours beyond a day are told where the format counts them, as in `26:30:00`.
 */
export function showMoment(
  stored: string,
  format: { date: boolean; time: boolean; elapsed: boolean },
  date1904: boolean,
): string {
  const number = Number(stored);
  const end = (date1904 ? lastDay.from1904 : lastDay.from1900) + 1;
  if (stored.trim() === "" || !(number >= 0 && number < end)) return plainNumber(stored);
  const whole = format.time ? Math.round(number * daySeconds) : Math.floor(number) * daySeconds;
  const seconds = Math.min(whole, end * daySeconds - 1);
  if (format.elapsed) return showClock(seconds);
  const days = Math.floor(seconds / daySeconds);
  const clock = showClock(seconds % daySeconds);
  // Day 0 is none: the number is a time of day, or nothing.
  if (days === 0 && !(date1904 && format.date)) return format.time ? clock : plainNumber(stored);
  return seconds % daySeconds === 0 ? showDay(days, date1904) : `${showDay(days, date1904)}T${clock}`;
}

function showDay(days: number, date1904: boolean): string {
  if (date1904) return isoDay(Date.UTC(1904, 0, 1) + days * dayMs);
  // Excel has a 29 February in 1900, because Lotus 1-2-3 had it; the days before it count from the year's start.
  if (days === 60) return "1900-02-29";
  return isoDay(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * dayMs);
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function showClock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
