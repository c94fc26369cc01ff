import type { Pool } from "pg";
import type { Tx } from "../../db/in-transaction.ts";
import type { SqlText } from "../../db/sql-text.ts";

/** What a statement runs on: a transaction, or a connection for this alone. */
export type Asks = Pick<Tx, "rows">;

/** Runs each statement on whatever connection is free. */
export function asksOf(pool: Pool): Asks {
  return {
    async rows<R extends object>(statement: SqlText | string, given: unknown[] = []) {
      const { text, values } = typeof statement === "string" ? { text: statement, values: given } : statement.write();
      return (await pool.query<R>(text, values)).rows;
    },
  };
}
