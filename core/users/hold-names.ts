import type { Tx } from "../../db/in-transaction.ts";

/**
 * Lets this transaction give names to users of the customer until it ends: `together` with others that only create,
 * which take names in `lower(upn)` order, or `alone`. Who restores users, or changes some and creates others, takes names
 * in two rounds, and no order of its own would keep it from a deadlock with another such transaction.
 */
export async function holdNames(tx: Tx, customerId: string, how: "together" | "alone"): Promise<void> {
  const lock = how === "alone" ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
  await tx.rows(`select ${lock}(hashtextextended($1, 0))`, [customerId]);
}
