import type { Database } from "../../../db/open-database.ts";
import type { CoreContext } from "../../context.ts";
import type { Authority } from "./authority.ts";
import { heldGrantsSql } from "./held-grants-sql.ts";
import { may } from "./may.ts";

type Fragment = ReturnType<typeof fragment>;

/** A piece of a statement, of whatever rows the whole one gives. */
const fragment = (sql: Database["sql"]) => sql``;

/**
 * SQL that is true where `authority` may see what belongs to the customer of the column `customerId`: by a grant there or,
 * with `partner`, as one of the partner's own records, which Admin agents see without. For statements over many customers,
 * whose routes are open to any agent.
 */
export function mayReadSql(
  { db: { sql }, now }: Pick<CoreContext, "db" | "now">,
  authority: Authority,
  customerId: Fragment,
  by: "grant" | "partner",
): Fragment {
  if (authority.kind === "unrestricted") return sql`true`;
  const { agentId, partnerRole, key } = authority;
  if (partnerRole === null || key?.roles?.length === 0) return sql`false`;
  if (by === "partner" && may(authority, "manageCustomer").allowed) return sql`true`;
  const grants = heldGrantsSql(agentId, now());
  const held = sql`${customerId} in (select held.customer_id from (${grants}) held)`;
  return key?.customerIds === undefined ? held : sql`(${held} and ${customerId} = any(${key.customerIds}::uuid[]))`;
}
