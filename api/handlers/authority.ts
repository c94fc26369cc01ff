import { randomBytes } from "node:crypto";
import { type GdapRole, gdapRoleNames } from "../../contract/authority.ts";
import { type CustomerAct, customerActs } from "../../contract/customer-acts.ts";
import { changeAgent, createAgent, removeAgent } from "../../core/access/agents/change-agents.ts";
import { endGrant, getGrant, listGrants, makeGrant, renewGrant } from "../../core/access/agents/grants.ts";
import { changeGroup, createGroup, getGroup, listGroups, removeGroup } from "../../core/access/agents/groups.ts";
import { listAllGrants } from "../../core/access/agents/list-all-grants.ts";
import { getAgent, listAgents } from "../../core/access/agents/list-agents.ts";
import { resetSignIn } from "../../core/access/agents/reset-sign-in.ts";
import type { Authority } from "../../core/access/authority/authority.ts";
import { covers } from "../../core/access/authority/covers.ts";
import { may, mayBegin } from "../../core/access/authority/may.ts";
import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";

/** Handlers of agents, groups and grants, and of the caller's own authority. */
export const authorityHandlers: SomeHandlers<
  | "listAgents"
  | "createAgent"
  | "getAgent"
  | "changeAgent"
  | "removeAgent"
  | "resetSignIn"
  | "listGroups"
  | "createGroup"
  | "changeGroup"
  | "removeGroup"
  | "listGrants"
  | "createGrant"
  | "listAllGrants"
  | "renewGrant"
  | "endGrant"
  | "getAuthority"
> = {
  async listAgents({ api, query }) {
    return { status: 200, body: await listAgents(api.context, query) };
  },

  createAgent: {
    async act({ api, caller, body }) {
      const password = body.password ?? makePassword();
      const hash = await api.signIn.hashPassword(password);
      const { id } = await createAgent(api.context, caller.actor, body, hash);
      return body.password === undefined ? { id, shownOnce: { password } } : { id };
    },
    async answer({ api }, { id, shownOnce }) {
      const agent = found(await getAgent(api.context, id));
      return { status: 201, body: { ...agent, ...shownOnce }, headers: { Location: `/v1/agents/${id}` } };
    },
  },

  async getAgent({ api, params }) {
    return { status: 200, body: found(await getAgent(api.context, params.agentId)) };
  },

  async changeAgent({ api, caller, params, body }) {
    await changeAgent(api.context, caller.actor, params.agentId, body);
    return { status: 200, body: found(await getAgent(api.context, params.agentId)) };
  },

  async removeAgent({ api, caller, params }) {
    await removeAgent(api.context, caller.actor, params.agentId);
    return { status: 204 };
  },

  resetSignIn: {
    async act({ api, caller, params: { agentId }, body: { reset, password: chosen, keepApiKeys } }) {
      const password = reset.includes("password") ? (chosen ?? makePassword()) : null;
      await resetSignIn(api.context, caller.actor, agentId, {
        passwordHash: password === null ? null : await api.signIn.hashPassword(password),
        twoFactor: reset.includes("twoFactor"),
        keepApiKeys,
      });
      return password === null || chosen !== undefined ? { id: agentId } : { id: agentId, shownOnce: { password } };
    },
    answer: async ({ api }, { id, shownOnce }) => ({
      status: 200,
      body: { ...found(await getAgent(api.context, id)), ...shownOnce },
    }),
  },

  async listGroups({ api, query }) {
    return { status: 200, body: await listGroups(api.context, query) };
  },

  createGroup: {
    act: ({ api, caller, body }) => createGroup(api.context, caller.actor, body),
    answer: async ({ api }, { id }) => ({ status: 201, body: found(await getGroup(api.context, id)) }),
  },

  async changeGroup({ api, caller, params, body }) {
    await changeGroup(api.context, caller.actor, params.groupId, body);
    return { status: 200, body: found(await getGroup(api.context, params.groupId)) };
  },

  async removeGroup({ api, caller, params }) {
    await removeGroup(api.context, caller.actor, params.groupId);
    return { status: 204 };
  },

  async listGrants({ api, customer, query }) {
    return { status: 200, body: await listGrants(api.context, customer.id, query) };
  },

  createGrant: {
    act: ({ api, caller, customer, body }) => makeGrant(api.context, caller.actor, customer.id, body),
    answer: async ({ api, customer }, { id }) => ({
      status: 201,
      body: found(await getGrant(api.context, customer.id, id)),
    }),
  },

  async listAllGrants({ api, query }) {
    return { status: 200, body: await listAllGrants(api.context, query) };
  },

  async renewGrant({ api, caller, customer, params, body }) {
    await renewGrant(api.context, caller.actor, customer.id, params.grantId, body.days);
    return { status: 200, body: found(await getGrant(api.context, customer.id, params.grantId)) };
  },

  async endGrant({ api, caller, customer, params }) {
    await endGrant(api.context, caller.actor, customer.id, params.grantId);
    return { status: 204 };
  },

  async getAuthority({ caller: { actor } }) {
    const { authority } = actor;
    const answers = customerActs.map((act) => [act, mayBegin(authority, act)] as const);
    const body = {
      roles: authority.kind === "agent" ? [...(authority.at?.roles ?? [])] : [],
      mayGrant: grantable(authority),
      missing: Object.fromEntries(
        answers.map(([act, answer]) => [act, answer.allowed ? null : answer.missing]),
      ) as Record<CustomerAct, string | null>,
    };
    return { status: 200, body };
  },
};

/** The roles that may be granted at the customer that the authority was loaded for. */
function grantable(authority: Authority): GdapRole[] {
  if (!may(authority, "manageAgents").allowed) return [];
  if (authority.kind === "unrestricted") return gdapRoleNames;
  return gdapRoleNames.filter((role) => covers(authority.at?.roles ?? [], role));
}

/** A password of 120 random bits. */
function makePassword(): string {
  return randomBytes(15).toString("base64url");
}

function found<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw missing();
  return thing;
}
