import { exampleIds } from "./example-ids.ts";
import type { SomeExamples } from "./example.ts";

const { agentId, groupId } = exampleIds;

/** Examples of agents, groups of agents and grants. */
export const authorityExamples: SomeExamples<
  | "listAgents"
  | "createAgent"
  | "changeAgent"
  | "resetSignIn"
  | "listAllApiKeys"
  | "listGroups"
  | "createGroup"
  | "changeGroup"
  | "listGrants"
  | "createGrant"
  | "listAllGrants"
  | "renewGrant"
> = {
  listAgents: { byName: { summary: "Agents whose name or address has a part", query: { q: "lars" } } },
  createAgent: {
    helpdesk: {
      summary: "A Helpdesk agent; the answer shows the password that Muster made",
      body: { name: "Noor Haddad", email: "noor.haddad@partner.example", partnerRole: "helpdeskAgent" },
    },
    chosenPassword: {
      summary: "An Admin agent with a chosen password",
      body: {
        name: "Ida Holm",
        email: "ida.holm@partner.example",
        partnerRole: "adminAgent",
        password: "some long words and 3",
      },
    },
  },
  changeAgent: { role: { summary: "Another partner role", body: { partnerRole: "salesAgent" } } },
  resetSignIn: {
    lostBoth: {
      summary: "Password and phone are lost; the answer shows the password that Muster made",
      body: { reset: ["password", "twoFactor"] },
    },
    chosenPassword: {
      summary: "A chosen password; the second factor and the API keys stay",
      body: { reset: ["password"], password: "some other words and 5", keepApiKeys: true },
    },
  },
  listAllApiKeys: { first: { summary: "The 50 keys that end next", query: { limit: 50 } } },
  listGroups: {
    first: { summary: "The first 50 groups, and how many there are", query: { limit: 50, count: "true" } },
  },
  createGroup: {
    group: { summary: "A group of one agent so far", body: { name: "Night shift", agentIds: [agentId] } },
  },
  changeGroup: {
    rename: { summary: "Another name", body: { name: "Late shift" } },
    members: { summary: "All who are in it from now on", body: { agentIds: [agentId] } },
  },
  listGrants: { first: { summary: "The first 50 grants", query: { limit: 50 } } },
  listAllGrants: {
    ending: {
      summary: "By which grants that end this year an agent may act",
      query: { agentId, endsBefore: "2099-01-01T00:00:00Z" },
    },
  },
  renewGrant: { year: { summary: "For another year", body: { days: 365 } } },
  createGrant: {
    agent: {
      summary: "An agent may manage users at the customer for a year",
      body: { agentId, role: "userAdministrator", days: 365 },
    },
    group: {
      summary: "All agents of a group may license users there for 90 days",
      body: { groupId, role: "licenseAdministrator", days: 90 },
    },
  },
};
