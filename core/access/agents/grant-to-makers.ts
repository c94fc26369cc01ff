import { longestGrantDays } from "../../../contract/authority.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Makes whoever made a customer Global Administrator there for two years, so that somebody can go on; where that is nobody's
 * token or Muster itself, all Admin agents that there are.
 */
export async function grantToMakers(tx: Tx, actor: Actor, customerId: string, now: Date): Promise<void> {
  const { authority } = actor;
  const makers = await tx.rows<{ id: string }>(
    sql`select id from agents
     where ${authority.kind === "agent" ? sql`id = ${authority.agentId}` : sql`partner_role = 'adminAgent'`} order by id`,
  );
  if (makers.length === 0) return;
  const agentIds = makers.map(({ id }) => id);
  await tx.rows(
    sql`insert into grants (id, customer_id, agent_id, role, ends_at, created_at, created_by)
     select made.id, ${customerId}, made.agent_id, 'globalAdministrator',
       ${now} + make_interval(days => ${longestGrantDays}), ${now}, ${actor.name}
     from unnest(${agentIds.map(() => newId())}::uuid[], ${agentIds}::uuid[]) made (id, agent_id)`,
  );
  const after = { agentIds, role: "globalAdministrator", days: longestGrantDays };
  await recordAct(tx, actor, { operation: "make_grant", customerId, after });
}
