import { z } from "zod";

/**
 * What an agent may do in one customer's tenant, granted for a time; named as refusals name it.
 * Source: Microsoft Entra built-in roles, those that "granular delegated admin privileges" hand to partners.
 */
export const gdapRoles = {
  directoryReader: { label: "Directory Reader" },
  licenseAdministrator: { label: "License Administrator" },
  directoryWriter: { label: "Directory Writer" },
  userAdministrator: { label: "User Administrator" },
  privilegedAuthenticationAdministrator: { label: "Privileged Authentication Administrator" },
  privilegedRoleAdministrator: { label: "Privileged Role Administrator" },
  globalAdministrator: { label: "Global Administrator" },
} as const satisfies Record<string, { label: string }>;

export type GdapRole = keyof typeof gdapRoles;

export const gdapRoleNames = Object.keys(gdapRoles) as [GdapRole, ...GdapRole[]];

/** What an agent is at the partner. Source: Partner Center, "Assign users roles and permissions". */
export const partnerRoles = {
  adminAgent: { label: "Admin agent" },
  helpdeskAgent: { label: "Helpdesk agent" },
  salesAgent: { label: "Sales agent" },
} as const satisfies Record<string, { label: string }>;

export type PartnerRole = keyof typeof partnerRoles;

export const partnerRoleNames = Object.keys(partnerRoles) as [PartnerRole, ...PartnerRole[]];

/** Acts on the partner's own records, for which no grant counts: customers, products and catalogue; agents and grants; webhooks; all audit. */
export const partnerActs = ["manageCustomer", "manageAgents", "manageWebhooks", "readAudit"] as const;

export type PartnerAct = (typeof partnerActs)[number];

/** Days that a grant or an API key lasts at most: two years. */
export const longestGrantDays = 730;

/** An agent, as Admin agents see them. */
export const agentSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  partnerRole: z.enum(partnerRoleNames),
  twoFactorEnabled: z.boolean(),
  createdAt: z.iso.datetime(),
});

const name = z.string().trim().min(1).max(256);
const password = z.string().min(8).max(256).optional().describe("Muster makes one when it is left out");

export const newAgentSchema = z.strictObject({
  name,
  email: z.email().max(320),
  partnerRole: z.enum(partnerRoleNames),
  password,
});

export const agentChangeSchema = z.strictObject({
  name: name.optional(),
  partnerRole: z.enum(partnerRoleNames).optional(),
});

/** What of an agent's sign-in is to be made anew. */
export const signInResetSchema = z
  .strictObject({
    reset: z
      .array(z.enum(["password", "twoFactor"]))
      .min(1)
      .max(2)
      .default(["password"])
      .describe("twoFactor: the authenticator app is taken off"),
    password,
    keepApiKeys: z.boolean().default(false).describe("Unless told, all API keys of the agent end"),
  })
  .refine(({ reset, password: chosen }) => chosen === undefined || reset.includes("password"), {
    message: 'Name "password" in reset as well, or leave the password out',
  });

/** An agent just made or let in again: `password` is the one that Muster made, shown this once. */
export const madeAgentSchema = agentSchema.extend({ password: z.string().optional() });

/** A group of agents, who share the grants that it has. */
export const groupSchema = z.object({ id: z.uuid(), name: z.string(), agentIds: z.array(z.uuid()) });

const agentIds = z.array(z.uuid()).max(500);

export const newGroupSchema = z.strictObject({ name, agentIds: agentIds.default([]) });
export const groupChangeSchema = z.strictObject({ name: name.optional(), agentIds: agentIds.optional() });

/** A GDAP role at one customer, of one agent or one group, until `endsAt`. */
export const grantSchema = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  agentId: z.uuid().nullable(),
  groupId: z.uuid().nullable(),
  holder: z.string().describe("Name of the agent or the group"),
  role: z.enum(gdapRoleNames),
  endsAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
});

export const newGrantSchema = z
  .strictObject({
    agentId: z.uuid().optional(),
    groupId: z.uuid().optional(),
    role: z.enum(gdapRoleNames),
    days: z.number().int().min(1).max(longestGrantDays).describe("From now on"),
  })
  .refine((grant) => (grant.agentId === undefined) !== (grant.groupId === undefined), {
    message: "Name either an agent (agentId) or a group (groupId)",
  });

/** A grant among those at all customers. */
export const placedGrantSchema = grantSchema.extend({ customerName: z.string() });

export const grantRenewalSchema = z.strictObject({
  days: z.number().int().min(1).max(longestGrantDays).describe("From now on"),
});

/** The part of its owner's authority that an API key carries; what is left out is not narrowed. */
export const keyAuthoritySchema = z.strictObject({
  partnerRole: z.enum(partnerRoleNames).optional(),
  roles: z.array(z.enum(gdapRoleNames)).max(gdapRoleNames.length).optional().describe("At every customer"),
  customerIds: z.array(z.uuid()).max(500).optional().describe("At these customers only"),
});

/** Days that an API key lasts unless told. */
const usualKeyDays = 90;

/** An API key as lists show it: `start` is its first letters. */
export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  start: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime(),
  authority: keyAuthoritySchema.nullable().describe("What the key is narrowed to; null where it is not"),
});

/** An API key among those of all agents. */
export const heldApiKeySchema = apiKeySchema.extend({ agentId: z.uuid(), agentName: z.string() });

export const newApiKeySchema = z.strictObject({
  name: z.string().trim().min(1).max(64),
  expiresInDays: z.number().int().min(1).max(longestGrantDays).default(usualKeyDays),
  authority: keyAuthoritySchema.optional().describe("Narrows the key; it never carries more than its owner has"),
});

/** A key just made: `key` is shown this once. A repeat under the same Idempotency-Key comes without it. */
export const madeApiKeySchema = apiKeySchema.extend({ key: z.string().optional() });

export type ApiKey = z.infer<typeof apiKeySchema>;
export type HeldApiKey = z.infer<typeof heldApiKeySchema>;
export type NewApiKey = z.infer<typeof newApiKeySchema>;
export type Agent = z.infer<typeof agentSchema>;
export type NewAgent = z.infer<typeof newAgentSchema>;
export type Group = z.infer<typeof groupSchema>;
export type Grant = z.infer<typeof grantSchema>;
export type PlacedGrant = z.infer<typeof placedGrantSchema>;
export type NewGrant = z.infer<typeof newGrantSchema>;
export type KeyAuthority = z.infer<typeof keyAuthoritySchema>;
