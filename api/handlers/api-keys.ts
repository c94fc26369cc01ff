import type { ApiKey } from "../../contract/authority.ts";
import { createKey, endKey, listKeys } from "../../core/agents/api-keys.ts";
import type { SignedInAgent } from "../../core/agents/find-agent.ts";
import { listAllKeys } from "../../core/agents/list-all-keys.ts";
import { getAgent } from "../../core/agents/list-agents.ts";
import type { CoreContext } from "../../core/context.ts";
import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";

/** Handlers of API keys: the caller's own and, for Admin agents, everybody's. */
export const apiKeyHandlers: SomeHandlers<
  "listApiKeys" | "createApiKey" | "deleteApiKey" | "listAgentApiKeys" | "listAllApiKeys" | "deleteAgentApiKey"
> = {
  async listApiKeys({ door, caller }) {
    return { status: 200, body: { items: await listKeys(door.context, caller.agent.id), next: null } };
  },

  createApiKey: {
    async act({ door, caller, body }) {
      const { id, key } = await createKey(door.context, caller.actor, caller.agent.id, body);
      return { id, shownOnce: { key } };
    },
    async answer({ door, caller }, { id, shownOnce }) {
      return { status: 201, body: { ...(await keyOf(door.context, caller.agent, id)), ...shownOnce } };
    },
  },

  async deleteApiKey({ door, caller, params }) {
    await endKey(door.context, caller.actor, caller.agent.id, params.keyId);
    return { status: 204 };
  },

  async listAgentApiKeys({ door, params }) {
    if ((await getAgent(door.context, params.agentId)) === null) throw missing();
    return { status: 200, body: { items: await listKeys(door.context, params.agentId), next: null } };
  },

  async listAllApiKeys({ door, query }) {
    return { status: 200, body: await listAllKeys(door.context, query) };
  },

  async deleteAgentApiKey({ door, caller, params }) {
    await endKey(door.context, caller.actor, params.agentId, params.keyId);
    return { status: 204 };
  },
};

async function keyOf(context: CoreContext, agent: SignedInAgent, keyId: string): Promise<ApiKey> {
  const key = (await listKeys(context, agent.id)).find(({ id }) => id === keyId);
  if (key === undefined) throw missing();
  return key;
}
