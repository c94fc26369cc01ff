const dayMs = 86_400_000;

/** Whole days from `now` until `endsAt`; 0 on the last of them and after it. */
export function grantDaysLeft(endsAt: string, now: Date): number {
  return Math.max(0, Math.floor((Date.parse(endsAt) - now.getTime()) / dayMs));
}
