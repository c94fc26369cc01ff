const minuteMs = 60_000;

/** A moment as a field of day and time takes it, where the agent is: `2026-05-04T13:30`. */
export function localMoment(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * minuteMs).toISOString().slice(0, "2026-05-04T13:30".length);
}

/** The day of a moment where the agent is: `2026-05-04`. */
export function localDay(iso: string): string {
  return localMoment(iso).slice(0, "2026-05-04".length);
}

/** The moment at which the day that comes `later` days after `day` begins where the agent is; undefined for what is no day. */
export function startOfDay(day: string | undefined, later = 0): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? "");
  if (parts === null) return undefined;
  const [year = 0, month = 0, date = 0] = parts.slice(1).map(Number);
  const start = new Date(year, month - 1, date + later);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}
