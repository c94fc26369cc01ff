/** The name under which jobs ask for `backoffDelay`. */
export const BACKOFF = "capped";

const FIRST_MS = 250;
const LONGEST_MS = 5_000;

/** How long a job waits after its attempt number `attemptsMade` failed: twice as long each time, at most 5 s, half of it by chance. */
export function backoffDelay(attemptsMade: number, random: () => number = Math.random): number {
  const longest = Math.min(FIRST_MS * 2 ** attemptsMade, LONGEST_MS);
  return Math.round(longest * (0.5 + 0.5 * random()));
}
