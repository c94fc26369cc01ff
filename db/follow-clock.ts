import type { Database } from "./open-database.ts";
import { clockAhead } from "./read-clock.ts";

/** The clock that all processes of a database share. */
export type SharedClock = { now: () => Date; close: () => void };

const everyMs = 30_000;
/** An answer that takes longer tells the time badly. */
const slowMs = 1_000;

const ours = () => performance.now();

/**
 * Follows the clock of the database. It is read now and every half minute; in between, what measures time goes on from there, so
 * that whoever sets the clock of this machine changes nothing.
 */
export async function followClock({ pool }: Pick<Database, "pool">): Promise<SharedClock> {
  const ask = (text: string) => pool.query<{ ms: number }>(text);
  let ahead = await clockAhead(ask, ours);

  async function readAgain(): Promise<void> {
    const asked = ours();
    const read = await clockAhead(ask, ours);
    if (ours() - asked < slowMs) ahead = read;
  }

  // While the database is away, time goes on.
  const reading = setInterval(() => void readAgain().catch(() => undefined), everyMs).unref();
  return { now: () => new Date(ours() + ahead), close: () => clearInterval(reading) };
}
