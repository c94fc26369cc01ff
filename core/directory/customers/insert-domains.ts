import { Problem } from "../../../contract/problem.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Gives the customer the domains `names`, lower case; the first is the default one where the customer has none.
 * @throws Problem domain_taken, which names the domains that have an owner.
 */
export async function insertDomains(tx: Tx, customerId: string, names: readonly string[]): Promise<void> {
  const made = await tx.rows<{ name: string }>(
    sql`insert into domains (name, customer_id, is_default)
     select name, ${customerId}, place = 1 and not exists (select from domains where customer_id = ${customerId})
     from unnest(${names}::text[]) with ordinality given (name, place) order by name
     on conflict (name) do nothing returning name`,
  );
  const taken = names.filter((name) => !made.some((domain) => domain.name === name));
  if (taken.length === 0) return;
  throw new Problem(
    "domain_taken",
    `${taken.slice(0, 5).join(", ")}: a domain belongs to one customer only, and has one already.`,
    {
      errors: taken.map((name) => ({ column: "domains", value: name, message: "The domain has an owner." })),
    },
  );
}
