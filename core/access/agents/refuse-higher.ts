import { type GdapRole, gdapRoles } from "../../../contract/authority.ts";
import { Problem } from "../../../contract/problem.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { Actor } from "../../actor.ts";
import { covers } from "../authority/covers.ts";
import { heldGrantsSql } from "../authority/held-grants-sql.ts";

/** A role at a customer, as a grant gives it. */
export type GivenRole = { customerId: string; role: GdapRole };

/**
 * Goes on only where the one who acts may do at each customer all that the roles there allow: nobody gives what they do not
 * hold, nor gets hold of the sign-in of who holds more. The token of the environment may do everything. Asked here, because
 * the route knows that the one who acts manages agents, and not what the other agent or the group holds at which customers.
 * @throws Problem forbidden, which names the role that is missing and where
 */
export async function refuseHigher(
  tx: Tx,
  { authority }: Actor,
  roles: readonly GivenRole[],
  now: Date,
  reason: string,
): Promise<void> {
  if (authority.kind === "unrestricted" || roles.length === 0) return;
  const own = await heldRoles(tx, authority.agentId, now);
  const missing = roles.find(({ customerId, role }) => {
    const held = own.filter((one) => one.customerId === customerId).map((one) => one.role);
    return !covers(held, role);
  });
  if (missing === undefined) return;
  const [customer] = await tx.rows<{ name: string }>(sql`select name from customers where id = ${missing.customerId}`);
  const place = `${gdapRoles[missing.role].label} at ${customer?.name ?? "the customer"}`;
  throw new Problem("forbidden", `Needs ${place}, because ${reason}`);
}

/** The roles that an agent holds now, alone or in groups. */
export async function heldRoles(tx: Tx, agentId: string, now: Date): Promise<GivenRole[]> {
  return await tx.rows<GivenRole>(
    sql`select distinct held.customer_id as "customerId", held.role
      from (${heldGrantsSql(agentId, now)}) held order by 1, 2`,
  );
}

/** The roles that whoever is in the group holds now. */
export async function rolesOfGroup(tx: Tx, groupId: string, now: Date): Promise<GivenRole[]> {
  return await tx.rows<GivenRole>(
    sql`select customer_id as "customerId", role from grants where group_id = ${groupId} and ends_at > ${now} order by 1, 2`,
  );
}
