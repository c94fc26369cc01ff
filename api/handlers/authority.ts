import { randomBytes } from "node:crypto";
import { type CustomerAct, customerActs, type GdapRole, gdapRoleNames } from "../../contract/authority.ts";
import { changeAgent, createAgent, removeAgent } from "../../core/agents/change-agents.ts";
import { endGrant, getGrant, listGrants, makeGrant, renewGrant } from "../../core/agents/grants.ts";
import { changeGroup, createGroup, getGroup, listGroups, removeGroup } from "../../core/agents/groups.ts";
import { listAllGrants } from "../../core/agents/list-all-grants.ts";
import { getAgent, listAgents } from "../../core/agents/list-agents.ts";
import { resetSignIn } from "../../core/agents/reset-sign-in.ts";
import type { Authority } from "../../core/authority/authority.ts";
import { covers } from "../../core/authority/covers.ts";
import { may, mayBegin } from "../../core/authority/may.ts";
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
  async listAgents({ door, query }) {
    return { status: 200, body: await listAgents(door.context, query) };
  },

  createAgent: {
    async act({ door, caller, body }) {
      const password = body.password ?? makePassword();
      const hash = await door.signIn.hashPassword(password);
      const { id } = await createAgent(door.context, caller.actor, body, hash);
      return body.password === undefined ? { id, shownOnce: { password } } : { id };
    },
    async answer({ door }, { id, shownOnce }) {
      const agent = found(await getAgent(door.context, id));
      return { status: 201, body: { ...agent, ...shownOnce }, headers: { Location: `/v1/agents/${id}` } };
    },
  },

  async getAgent({ door, params }) {
    return { status: 200, body: found(await getAgent(door.context, params.agentId)) };
  },

  async changeAgent({ door, caller, params, body }) {
    await changeAgent(door.context, caller.actor, params.agentId, body);
    return { status: 200, body: found(await getAgent(door.context, params.agentId)) };
  },

  async removeAgent({ door, caller, params }) {
    await removeAgent(door.context, caller.actor, params.agentId);
    return { status: 204 };
  },

  resetSignIn: {
    async act({ door, caller, params: { agentId }, body: { reset, password: chosen, keepApiKeys } }) {
      const password = reset.includes("password") ? (chosen ?? makePassword()) : null;
      await resetSignIn(door.context, caller.actor, agentId, {
        passwordHash: password === null ? null : await door.signIn.hashPassword(password),
        twoFactor: reset.includes("twoFactor"),
        keepApiKeys,
      });
      return password === null || chosen !== undefined ? { id: agentId } : { id: agentId, shownOnce: { password } };
    },
    answer: async ({ door }, { id, shownOnce }) => ({
      status: 200,
      body: { ...found(await getAgent(door.context, id)), ...shownOnce },
    }),
  },

  async listGroups({ door, query }) {
    return { status: 200, body: await listGroups(door.context, query) };
  },

  createGroup: {
    act: ({ door, caller, body }) => createGroup(door.context, caller.actor, body),
    answer: async ({ door }, { id }) => ({ status: 201, body: found(await getGroup(door.context, id)) }),
  },

  async changeGroup({ door, caller, params, body }) {
    await changeGroup(door.context, caller.actor, params.groupId, body);
    return { status: 200, body: found(await getGroup(door.context, params.groupId)) };
  },

  async removeGroup({ door, caller, params }) {
    await removeGroup(door.context, caller.actor, params.groupId);
    return { status: 204 };
  },

  async listGrants({ door, customer, query }) {
    return { status: 200, body: await listGrants(door.context, customer.id, query) };
  },

  createGrant: {
    act: ({ door, caller, customer, body }) => makeGrant(door.context, caller.actor, customer.id, body),
    answer: async ({ door, customer }, { id }) => ({
      status: 201,
      body: found(await getGrant(door.context, customer.id, id)),
    }),
  },

  async listAllGrants({ door, query }) {
    return { status: 200, body: await listAllGrants(door.context, query) };
  },

  async renewGrant({ door, caller, customer, params, body }) {
    await renewGrant(door.context, caller.actor, customer.id, params.grantId, body.days);
    return { status: 200, body: found(await getGrant(door.context, customer.id, params.grantId)) };
  },

  async endGrant({ door, caller, customer, params }) {
    await endGrant(door.context, caller.actor, customer.id, params.grantId);
    return { status: 204 };
  },

  async getAuthority({ caller: { actor } }) {
    const { authority } = actor;
    const verdicts = customerActs.map((act) => [act, mayBegin(authority, act)] as const);
    const body = {
      roles: authority.kind === "agent" ? [...(authority.at?.roles ?? [])] : [],
      mayGrant: grantable(authority),
      missing: Object.fromEntries(
        verdicts.map(([act, verdict]) => [act, verdict.allowed ? null : verdict.missing]),
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
