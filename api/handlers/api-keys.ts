import type { ApiKey } from "../../contract/authority.ts";
import { Problem } from "../../contract/problem.ts";
import { createKey, endKey, listKeys } from "../../core/agents/api-keys.ts";
import { listAllKeys } from "../../core/agents/list-all-keys.ts";
import { getAgent } from "../../core/agents/list-agents.ts";
import type { CoreContext } from "../../core/context.ts";
import type { Caller } from "../http/authenticate.ts";
import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";
import { requireMay } from "../http/require-may.ts";
import type { Agent } from "../sign-in/agent.ts";

/** Handlers of API keys: the caller's own and, for Admin agents, everybody's. */
export const apiKeyHandlers: SomeHandlers<
  "listApiKeys" | "createApiKey" | "deleteApiKey" | "listAgentApiKeys" | "listAllApiKeys" | "deleteAgentApiKey"
> = {
  async listApiKeys({ door, caller }) {
    const { id } = requireOwner(caller);
    return { status: 200, body: { items: await listKeys(door.context, id), next: null } };
  },

  createApiKey: {
    allow: ({ caller }) => void requireOwner(caller),
    async act({ door, caller, body }) {
      const { id, key } = await createKey(door.context, caller.actor, requireOwner(caller).id, body);
      return { id, shownOnce: { key } };
    },
    async answer({ door, caller }, { id, shownOnce }) {
      return { status: 201, body: { ...(await keyOf(door.context, requireOwner(caller), id)), ...shownOnce } };
    },
  },

  async deleteApiKey({ door, caller, params }) {
    await endKey(door.context, caller.actor, requireOwner(caller).id, params.keyId);
    return { status: 204 };
  },

  async listAgentApiKeys({ door, caller, params }) {
    requireMay(caller.actor, "manageAgents", null);
    if ((await getAgent(door.context, params.agentId)) === null) throw missing();
    return { status: 200, body: { items: await listKeys(door.context, params.agentId), next: null } };
  },

  async listAllApiKeys({ door, caller, query }) {
    requireMay(caller.actor, "manageAgents", null);
    return { status: 200, body: await listAllKeys(door.context, query) };
  },

  async deleteAgentApiKey({ door, caller, params }) {
    requireMay(caller.actor, "manageAgents", null);
    await endKey(door.context, caller.actor, params.agentId, params.keyId);
    return { status: 204 };
  },
};

/**
 * Whose keys these are. A key that was narrowed neither makes one that is not, nor sees or ends its owner's.
 * @throws Problem forbidden
 */
function requireOwner({ agent, actor: { authority } }: Caller): Agent {
  if (agent === null) throw new Problem("forbidden", "The token of the environment is nobody's: sign in as an agent");
  if (authority.kind === "agent" && authority.key !== null) {
    throw new Problem("forbidden", "Needs the agent signed in, or an API key that is not narrowed");
  }
  return agent;
}

async function keyOf(context: CoreContext, agent: Agent, keyId: string): Promise<ApiKey> {
  const key = (await listKeys(context, agent.id)).find(({ id }) => id === keyId);
  if (key === undefined) throw missing();
  return key;
}
