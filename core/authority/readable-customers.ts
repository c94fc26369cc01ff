import type { Actor } from "../actor.ts";
import type { CoreContext } from "../context.ts";
import { mayReadSql } from "./may-read-sql.ts";
import { may } from "./may.ts";

/** The customers whose records an actor may read: all there are, and what belongs to none, or these. */
export type Readable = "all" | readonly string[];

/**
 * The customers whose users, rows or audit `actor` may read, for lists over many of them: those with a grant, and of the
 * audit all to whom the whole of it is open.
 */
export async function readableCustomers(
  context: CoreContext,
  { authority }: Actor,
  what: "users" | "audit",
): Promise<Readable> {
  if (authority.kind === "unrestricted") return "all";
  if (what === "audit" && may(authority, "readAudit").allowed) return "all";
  const { sql } = context.db;
  const customers = await sql<{ id: string }[]>`
    select id from customers where ${mayReadSql(context, authority, sql`customers.id`, "grant")}`;
  return customers.map(({ id }) => id);
}
