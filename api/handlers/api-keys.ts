import type { ApiKey } from "../../contract/authority.ts";
import { createKey, endKey, listKeys } from "../../core/access/agents/api-keys.ts";
import type { SignedInAgent } from "../../core/access/agents/find-agent.ts";
import { listAllKeys } from "../../core/access/agents/list-all-keys.ts";
import { getAgent } from "../../core/access/agents/list-agents.ts";
import type { CoreContext } from "../../core/context.ts";
import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";

/** Handlers of API keys: the caller's own and, for Admin agents, everybody's. */
export const apiKeyHandlers: SomeHandlers<
  "listApiKeys" | "createApiKey" | "deleteApiKey" | "listAgentApiKeys" | "listAllApiKeys" | "deleteAgentApiKey"
> = {
  async listApiKeys({ api, caller }) {
    return { status: 200, body: { items: await listKeys(api.context, caller.agent.id), next: null } };
  },

  createApiKey: {
    async act({ api, caller, body }) {
      const { id, key } = await createKey(api.context, caller.actor, caller.agent.id, body);
      return { id, shownOnce: { key } };
    },
    async answer({ api, caller }, { id, shownOnce }) {
      return { status: 201, body: { ...(await keyOf(api.context, caller.agent, id)), ...shownOnce } };
    },
  },

  async deleteApiKey({ api, caller, params }) {
    await endKey(api.context, caller.actor, caller.agent.id, params.keyId);
    return { status: 204 };
  },

  async listAgentApiKeys({ api, params }) {
    if ((await getAgent(api.context, params.agentId)) === null) throw missing();
    return { status: 200, body: { items: await listKeys(api.context, params.agentId), next: null } };
  },

  async listAllApiKeys({ api, query }) {
    return { status: 200, body: await listAllKeys(api.context, query) };
  },

  async deleteAgentApiKey({ api, caller, params }) {
    await endKey(api.context, caller.actor, params.agentId, params.keyId);
    return { status: 204 };
  },
};

async function keyOf(context: CoreContext, agent: SignedInAgent, keyId: string): Promise<ApiKey> {
  const key = (await listKeys(context, agent.id)).find(({ id }) => id === keyId);
  if (key === undefined) throw missing();
  return key;
}
