import type { Pool } from "pg";
import type { Tx } from "../../db/in-transaction.ts";

/** What a statement runs on: a transaction, or a connection for this alone. */
export type Asks = Pick<Tx, "rows">;

/** Runs each statement on whatever connection is free. */
export function asksOf(pool: Pool): Asks {
  return {
    rows: async <R extends object>(text: string, values: unknown[] = []) => (await pool.query<R>(text, values)).rows,
  };
}
