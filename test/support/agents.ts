import type { GdapRole, Grant, KeyAuthority, PartnerRole } from "../../contract/authority.ts";
import { systemActor } from "../../core/actor.ts";
import { createKey } from "../../core/access/agents/api-keys.ts";
import { newId } from "../../db/new-id.ts";
import type { TestApp } from "./app.ts";

/** An agent of the app's own, with a key that carries all that the agent may do. */
export type Colleague = { id: string; email: string; password: string; key: string };

/** Makes an agent through the api, with a key. */
export async function makeColleague(app: TestApp, partnerRole: PartnerRole = "adminAgent"): Promise<Colleague> {
  const email = `${newId()}@partner.example`;
  const json = { name: `Colleague ${email.slice(0, 8)}`, email, partnerRole };
  const { status, body, text } = await app.request<{ id: string; password: string }>("/v1/agents", { json });
  if (status !== 201) throw new Error(`no agent was made: ${text}`);
  return { id: body.id, email, password: body.password, key: await makeKey(app, body.id) };
}

/** A key of the agent, narrowed where told. */
export async function makeKey(app: TestApp, agentId: string, authority?: KeyAuthority): Promise<string> {
  return (await createKey(app.context, systemActor, agentId, { name: "test", expiresInDays: 90, authority })).key;
}

/** Grants the agent a role at the customer for 30 days, as the token of the environment. */
export async function grantRole(
  app: TestApp,
  { id: agentId }: { id: string },
  customer: { id: string },
  role: GdapRole,
): Promise<Grant> {
  const json = { agentId, role, days: 30 };
  const { status, body, text } = await app.request<Grant>(`/v1/customers/${customer.id}/grants`, { json });
  if (status !== 201) throw new Error(`no grant was made: ${text}`);
  return body;
}
