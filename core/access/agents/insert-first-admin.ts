import { inTransaction } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import type { Database } from "../../../db/open-database.ts";
import { insertAgent } from "./insert-agent.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Makes an Admin agent with the password of this hash where there is no agent at all, and tells whether it did. `email` is in
 * lower case. Of two processes that do so at once, one makes one.
 */
export async function insertFirstAdmin(
  { pool }: Pick<Database, "pool">,
  email: string,
  passwordHash: string,
): Promise<boolean> {
  return await inTransaction(pool, async (tx) => {
    await tx.rows(sql`lock table agents in share row exclusive mode`);
    const found = await tx.rows(sql`select 1 from agents limit 1`);
    if (found.length > 0) return false;
    const name = email.slice(0, email.indexOf("@"));
    return await insertAgent(tx, { id: newId(), name, email, partnerRole: "adminAgent" }, passwordHash);
  });
}
