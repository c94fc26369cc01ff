import type { Tx } from "../../../db/in-transaction.ts";
import { workColumns, workRows } from "../../batches/work-rows/work-table.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";

/**
 * Lets this transaction give names to users of the customer until it ends: `together` with others that only create or only
 * restore, which take names in the order of `nameOrderSql`, or `alone`. Who restores or changes some users and creates others takes
 * names in two rounds, and no order of its own would keep it from a deadlock with another such transaction.
 */
export async function holdNames(tx: Tx, customerId: string, how: "together" | "alone"): Promise<void> {
  const lock = how === "alone" ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
  await tx.rows(sql`select ${sql.unsafe(lock)}(hashtextextended(${customerId}, 0))`);
}

/** Holds the names alone, as `holdNames` does, where a row in the work table gives its user a new one, and else not at all. */
export async function holdNewNames(tx: Tx, customerId: string): Promise<void> {
  await tx.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${customerId}, 0))
     where exists (select from ${workRows} input where ${workColumns("input").newName} is not null)`,
  );
}

/**
 * SQL for the order in which all who take names together take them: two chunks that share names would deadlock otherwise.
 * The order of bytes is cheaper than that of a language, and serves as well.
 */
export function nameOrderSql(name: SqlText): SqlText {
  return sql`lower(${name}) collate "C"`;
}
