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
