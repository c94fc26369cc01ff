import type { Pool } from "pg";

/** How much of a pool of connections is in use. */
export type PoolUse = {
  pool: "transactions" | "statements" | "queue";
  /** So many are opened at most. */
  most: number;
  open: number;
  busy: number;
  /** Who waits for one. */
  waiting: number;
};

/** Counts the connections of a pool of pg. */
export function useOfPool(name: PoolUse["pool"], pool: Pool): PoolUse {
  const { totalCount: open, idleCount, waitingCount: waiting, options } = pool;
  return { pool: name, most: options.max, open, busy: open - idleCount, waiting };
}
