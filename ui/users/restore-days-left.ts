const dayMs = 86_400_000;

/** In how many days, begun ones included, a user deleted at `deletedAt` can still be restored; 0 once that is over. */
export function restoreDaysLeft(deletedAt: string, restoreDays: number, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(deletedAt) + restoreDays * dayMs - now) / dayMs));
}
