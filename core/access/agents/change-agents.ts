import type { NewAgent, PartnerRole } from "../../../contract/authority.ts";
import { quoteValue } from "../../../contract/codes.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { noteLetIn } from "./counts-as.ts";
import { insertAgent } from "./insert-agent.ts";
import { heldRoles, refuseHigher } from "./refuse-higher.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Makes an agent, who signs in with the password of this hash or, by the same address, through OIDC. The agent holds no
 * grant yet.
 * @throws Problem agent_exists
 */
export async function createAgent(
  context: CoreContext,
  actor: Actor,
  { name, email, partnerRole }: Pick<NewAgent, "name" | "email" | "partnerRole">,
  passwordHash: string,
): Promise<{ id: string }> {
  const id = newId();
  const address = email.toLowerCase();
  await inTransaction(context.db.pool, async (tx) => {
    if (!(await insertAgent(tx, { id, name, email: address, partnerRole }, passwordHash))) {
      throw new Problem("agent_exists", `${quoteValue(address)} is an agent's address already.`);
    }
    await noteLetIn(tx, actor, id, context.now());
    const after = { agentId: id, name, email: address, partnerRole };
    await recordAct(tx, actor, { operation: "create_agent", customerId: null, after });
    await actor.recordResult?.(tx, id);
  });
  return { id };
}

/**
 * Changes an agent's name or partner role. Who becomes an Admin agent may from then on do all that their grants allow, so that
 * whoever makes them one may do it as well.
 * @throws Problem not_found, last_admin_agent, forbidden
 */
export async function changeAgent(
  context: CoreContext,
  actor: Actor,
  agentId: string,
  change: { name?: string | undefined; partnerRole?: PartnerRole | undefined },
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const demoted = change.partnerRole !== undefined && change.partnerRole !== "adminAgent";
    if (demoted) await requireOtherAdmin(tx, agentId);
    const before = await holdAgent(tx, agentId);
    if (change.partnerRole === "adminAgent" && before.partnerRole !== "adminAgent") {
      const roles = await heldRoles(tx, agentId, context.now());
      await refuseHigher(
        tx,
        actor,
        roles,
        context.now(),
        "an Admin agent may do all of that, and nobody gives what they do not hold",
      );
    }
    await tx.rows(
      sql`update agents set name = coalesce(${change.name ?? null}, name),
         partner_role = coalesce(${change.partnerRole ?? null}, partner_role), updated_at = now()
       where id = ${agentId}`,
    );
    const after = { agentId, ...change };
    await recordAct(tx, actor, { operation: "change_agent", customerId: null, before, after });
  });
}

/**
 * Removes an agent with sessions, API keys, grants and memberships; what they did stays in the audit.
 * @throws Problem not_found, last_admin_agent
 */
export async function removeAgent(context: CoreContext, actor: Actor, agentId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    await requireOtherAdmin(tx, agentId);
    const before = await holdAgent(tx, agentId);
    await tx.rows(sql`delete from agents where id = ${agentId}`);
    await recordAct(tx, actor, { operation: "remove_agent", customerId: null, before: { agentId, ...before } });
  });
}

/**
 * Goes on only where an Admin agent is left without this one. All of them are held until the end: of two requests that each
 * take one away, the second waits here and counts what the first has left.
 */
async function requireOtherAdmin(tx: Tx, agentId: string): Promise<void> {
  const admins = await tx.rows<{ id: string }>(
    sql`select id from agents where partner_role = 'adminAgent' order by id for update`,
  );
  if (admins.some(({ id }) => id !== agentId) || admins.length === 0) return;
  throw new Problem("last_admin_agent", "This is the last Admin agent. Make another agent Admin agent first.");
}

async function holdAgent(tx: Tx, agentId: string): Promise<{ name: string; email: string; partnerRole: PartnerRole }> {
  const [agent] = await tx.rows<{ name: string; email: string; partnerRole: PartnerRole }>(
    sql`select name, email, partner_role as "partnerRole" from agents where id = ${agentId} for update`,
  );
  if (agent === undefined) throw new Problem("not_found", "There is no such agent.");
  return agent;
}
