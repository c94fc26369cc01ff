import type { NewAgent } from "../../../contract/authority.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Writes an agent who signs in with the password of this hash; `email` is in lower case. Gives false where the address is an
 * agent's already.
 */
export async function insertAgent(
  tx: Pick<Tx, "rows">,
  { id, name, email, partnerRole }: Pick<NewAgent, "name" | "email" | "partnerRole"> & { id: string },
  passwordHash: string,
): Promise<boolean> {
  const made = await tx.rows(
    sql`insert into agents (id, name, email, email_verified, partner_role)
     values (${id}, ${name}, ${email}, true, ${partnerRole})
     on conflict (email) do nothing returning id`,
  );
  if (made.length === 0) return false;
  await tx.rows(
    sql`insert into accounts (id, user_id, account_id, provider_id, password)
     values (${newId()}, ${id}, ${id}, 'credential', ${passwordHash})`,
  );
  return true;
}
