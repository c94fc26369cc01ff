import { longestGrantDays } from "../../../contract/authority.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";

/**
 * Makes whoever made a customer Global Administrator there for two years, so that somebody can go on; where that is nobody's
 * token or Muster itself, all Admin agents that there are.
 */
export async function grantToMakers(tx: Tx, actor: Actor, customerId: string, now: Date): Promise<void> {
  const { authority } = actor;
  const makers = await tx.rows<{ id: string }>(
    `select id from agents where case when $1::uuid is null then partner_role = 'adminAgent' else id = $1 end order by id`,
    [authority.kind === "agent" ? authority.agentId : null],
  );
  if (makers.length === 0) return;
  const agentIds = makers.map(({ id }) => id);
  await tx.rows(
    `insert into grants (id, customer_id, agent_id, role, ends_at, created_at, created_by)
     select made.id, $3, made.agent_id, 'globalAdministrator', $4::timestamptz + make_interval(days => $5), $4, $6
     from unnest($1::uuid[], $2::uuid[]) made (id, agent_id)`,
    [agentIds.map(() => newId()), agentIds, customerId, now, longestGrantDays, actor.name],
  );
  const after = { agentIds, role: "globalAdministrator", days: longestGrantDays };
  await recordAct(tx, actor, { operation: "make_grant", customerId, after });
}
