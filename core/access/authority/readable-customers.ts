import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { mayReadSql } from "./may-read-sql.ts";
import { may } from "./may.ts";

/** The customers whose records an actor may read: all there are, and what belongs to none, or these. */
export type Readable = "all" | readonly string[];

/**
 * The customers that `actor` may read, for lists over many of them: by a grant at each (users, rows of batches), or as one of
 * the partner's own records, of which Admin agents read all (the audit). Every such list asks here, and no route before it:
 * the route is open to any agent, because what one may see of the list differs from customer to customer.
 */
export async function readableCustomers(
  context: CoreContext,
  { authority }: Actor,
  by: "grant" | "partner",
): Promise<Readable> {
  if (authority.kind === "unrestricted") return "all";
  if (by === "partner" && may(authority, "readAudit").allowed) return "all";
  const { sql } = context.db;
  const customers = await sql<{ id: string }[]>`
    select id from customers where ${mayReadSql(context, authority, sql`customers.id`, "grant")}`;
  return customers.map(({ id }) => id);
}
