import { Problem } from "../../contract/problem.ts";
import type { Caller } from "../http/authenticate.ts";
import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";
import type { Agent } from "../sign-in/agent.ts";
import { bridgeSignIn, sendAnswerOf } from "../sign-in/bridge.ts";
import { signInByPassword } from "../sign-in/sign-in-by-password.ts";
import type { ApiKey, SignIn } from "../sign-in/sign-in.ts";

/** Handlers of sign-in, which the library answers, and of API keys. */
export const signInHandlers: SomeHandlers<
  "signIn" | "signOut" | "getSession" | "changePassword" | "getMe" | "listApiKeys" | "createApiKey" | "deleteApiKey"
> = {
  async signIn({ door, req, res, body }) {
    await sendAnswerOf(await signInByPassword(door, req, body), res);
    return { taken: true };
  },

  async signOut({ door, req, res }) {
    await bridgeSignIn(door.signIn, req, res, {});
    return { taken: true };
  },

  async getSession({ door, req, res }) {
    await bridgeSignIn(door.signIn, req, res, undefined);
    return { taken: true };
  },

  async changePassword({ door, req, res, body }) {
    await bridgeSignIn(door.signIn, req, res, body);
    return { taken: true };
  },

  async getMe({ caller: { actor, agent } }) {
    const { id, name, authority } = actor;
    const restricted = authority.kind === "agent" ? authority : null;
    const body = {
      kind: actor.kind === "agent" ? ("agent" as const) : ("token" as const),
      id,
      name,
      email: agent?.email ?? null,
      partnerRole: restricted?.partnerRole ?? null,
      twoFactorEnabled: agent?.twoFactorEnabled ?? false,
      key: restricted?.key ?? null,
    };
    return { status: 200, body };
  },

  async listApiKeys({ door, caller }) {
    const keys = await door.signIn.listKeys(requireAgent(caller).id);
    return { status: 200, body: { items: keys.map(keyView), next: null } };
  },

  createApiKey: {
    async act({ door, caller, body }) {
      const { name, expiresInDays = null, authority = null } = body;
      refuseNarrowed(caller);
      const { id, key } = await door.signIn.createKey(requireAgent(caller).id, { name, expiresInDays, authority });
      return { id, shownOnce: { key } };
    },
    async answer({ door, caller }, { id, shownOnce }) {
      const key = await findKey(door.signIn, requireAgent(caller), id);
      return { status: 201, body: { ...keyView(key), ...shownOnce } };
    },
  },

  async deleteApiKey({ door, caller, params }) {
    if (!(await door.signIn.deleteKey(requireAgent(caller).id, params.keyId))) throw missing();
    return { status: 204 };
  },
};

/** A key that was narrowed makes no key that is not. */
function refuseNarrowed({ actor: { authority } }: Caller): void {
  if (authority.kind === "unrestricted" || authority.key === null) return;
  throw new Problem("forbidden", "forbidden: needs the agent signed in, or an API key that is not narrowed");
}

function requireAgent({ agent }: Caller): Agent {
  if (agent === null) throw new Problem("forbidden", "The token of the environment is nobody's: sign in as an agent");
  return agent;
}

async function findKey(signIn: SignIn, agent: Agent, id: string): Promise<ApiKey> {
  const key = (await signIn.listKeys(agent.id)).find((one) => one.id === id);
  if (key === undefined) throw missing();
  return key;
}

function keyView({ createdAt, lastUsedAt, expiresAt, ...key }: ApiKey) {
  return {
    ...key,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
