import type { GdapRole, PartnerRole } from "../../../contract/authority.ts";
import type { Actor } from "../../../core/actor.ts";
import { loadAuthority } from "../../../core/access/authority/load-authority.ts";
import type { CoreContext } from "../../../core/context.ts";
import { asksOf } from "../../../core/sql/asks.ts";
import { newId } from "../../../db/new-id.ts";
import type { TestTenant } from "../test-core.ts";

/** An agent in the database. */
export type TestAgent = { id: string; name: string };

export async function makeAgent({ db }: CoreContext, partnerRole: PartnerRole = "adminAgent"): Promise<TestAgent> {
  const id = newId();
  const name = `Agent ${id.slice(-6)}`;
  await db.sql`insert into agents (id, name, email, partner_role) values (${id}, ${name}, ${`${id}@partner.example`}, ${partnerRole})`;
  return { id, name };
}

/** Grants the agent a role at the tenant, by default for a year, by the clock of the context. */
export async function grant(
  { db, now }: CoreContext,
  agent: TestAgent,
  tenant: TestTenant,
  role: GdapRole,
  { days = 365 } = {},
): Promise<void> {
  await db.sql`
    insert into grants (id, customer_id, agent_id, role, ends_at, created_at, created_by)
    values (${newId()}, ${tenant.id}, ${agent.id}, ${role}, ${now()}::timestamptz + make_interval(secs => ${days * 86_400}),
      ${now()}, 'test')`;
}

/** The agent as one who acts at the tenant, with what they may do there now. */
export async function actorAt({ db, now }: CoreContext, agent: TestAgent, tenant: TestTenant): Promise<Actor> {
  const authority = await loadAuthority(asksOf(db.pool), { agentId: agent.id, keyId: null }, tenant.id, now());
  return { kind: "agent", ...agent, authority };
}
