import { createHash, timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import { environmentToken } from "../../contract/environment-token.ts";
import type { Actor } from "../../core/actor.ts";
import { findKey } from "../../core/access/agents/api-keys.ts";
import type { SignedInAgent } from "../../core/access/agents/find-agent.ts";
import { type Authority, type AuthorityHolder, unrestricted } from "../../core/access/authority/authority.ts";
import type { ApiContext } from "../api-context.ts";
import { headersOf } from "../sign-in/bridge.ts";

/**
 * Who calls and by what: `agent` is null for the token of the environment, which is nobody's. Until the authority of an agent
 * is loaded (`withAuthority`), the actor has none.
 */
export type Caller = { actor: Actor; agent: SignedInAgent | null; by: "environment" | "key" | "cookie" };

const environment: Caller = {
  actor: { kind: "token", ...environmentToken, authority: unrestricted },
  agent: null,
  by: "environment",
};

/** Finds the caller anew at each request, or gives null. A bearer token that is wrong is not made good by a cookie. */
export async function authenticate(
  req: Request,
  { context, signIn, settings: { adminApiKey } }: Pick<ApiContext, "context" | "signIn" | "settings">,
): Promise<Caller | null> {
  const header = req.get("authorization");
  if (header !== undefined) {
    const token = /^Bearer +(\S+) *$/i.exec(header)?.[1];
    if (token === undefined) return null;
    if (adminApiKey !== null && equalSecrets(token, adminApiKey)) return environment;
    const found = await findKey(context, token);
    if (found === null) return null;
    const { agent, keyId, keyName } = found;
    const authority = nothing({ agentId: agent.id, keyId });
    return {
      actor: { kind: "token", id: agent.id, name: `${agent.name} (key ${keyName})`, authority },
      agent,
      by: "key",
    };
  }
  if (req.get("cookie") === undefined) return null;
  const agent = await signIn.agentOfSession(headersOf(req));
  if (agent === null) return null;
  const authority = nothing({ agentId: agent.id, keyId: null });
  return { actor: { kind: "agent", id: agent.id, name: agent.name, authority }, agent, by: "cookie" };
}

function nothing(holder: AuthorityHolder): Authority {
  return { kind: "agent", ...holder, partnerRole: null, key: null, at: null };
}

/** Compares in a time that tells nothing, not even the length. */
function equalSecrets(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
