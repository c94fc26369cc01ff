import type { Pool } from "pg";
import type { Tx } from "../../db/in-transaction.ts";
import type { SqlText } from "../../db/sql-text.ts";
import { traceStatement } from "../../db/tracing.ts";

/** What a statement runs on: a transaction, or a connection for this alone. */
export type Asks = Pick<Tx, "rows">;

/** Runs each statement on whatever connection is free. */
export function asksOf(pool: Pool): Asks {
  return {
    async rows<R extends object>(statement: SqlText) {
      const { text, values } = statement.write();
      return (await traceStatement(text, () => pool.query<R>(text, values))).rows;
    },
  };
}
