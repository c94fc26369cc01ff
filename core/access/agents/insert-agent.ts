import type { NewAgent } from "../../../contract/authority.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";

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
    `insert into agents (id, name, email, email_verified, partner_role) values ($1, $2, $3, true, $4)
     on conflict (email) do nothing returning id`,
    [id, name, email, partnerRole],
  );
  if (made.length === 0) return false;
  await tx.rows(
    "insert into accounts (id, user_id, account_id, provider_id, password) values ($1, $2, $3, 'credential', $4)",
    [newId(), id, id, passwordHash],
  );
  return true;
}
