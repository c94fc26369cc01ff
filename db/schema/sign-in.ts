import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { KeyAuthority, PartnerRole } from "../../contract/authority.ts";

/** Employees of the partner who sign in here; better-auth calls them users. Their ids are made by us. */
export const agents = pgTable("agents", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique(),
  emailVerified: boolean().notNull().default(false),
  image: text(),
  /** What the agent is at the partner; the least, unless told. */
  partnerRole: text().$type<PartnerRole>().notNull().default("salesAgent"),
  twoFactorEnabled: boolean().notNull().default(false),
  /** The agent who made them, or let them in again last, and when: for a day the two count as one. No key: they may be gone. */
  letInBy: uuid(),
  letInAt: timestamp({ withTimezone: true }),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

/** Secrets of agents' authenticator apps and their backup codes, encrypted by better-auth. */
export const twoFactors = pgTable(
  "two_factors",
  {
    id: uuid().primaryKey(),
    secret: text().notNull(),
    backupCodes: text().notNull(),
    userId: uuid()
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    verified: boolean().notNull().default(true),
    failedVerificationCount: integer().notNull().default(0),
    lockedUntil: timestamp({ withTimezone: true }),
  },
  (table) => [index("two_factors_user").on(table.userId)],
);

/** Browser sessions; the cookie holds the token, signed. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    token: text().notNull().unique(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    ipAddress: text(),
    userAgent: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index("sessions_user").on(table.userId)],
);

/** The ways an agent can sign in: `credential` with a password hash, later OIDC providers. */
export const accounts = pgTable(
  "accounts",
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    accountId: text().notNull(),
    providerId: text().notNull(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: timestamp({ withTimezone: true }),
    refreshTokenExpiresAt: timestamp({ withTimezone: true }),
    scope: text(),
    password: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index("accounts_user").on(table.userId)],
);

/** Short-lived proofs of better-auth, such as the state of an OIDC sign-in. */
export const verifications = pgTable(
  "verifications",
  {
    id: uuid().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index("verifications_identifier").on(table.identifier)],
);

/** API keys of agents, as hashes; `start` is the first letters, so that people can tell their keys apart. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid().primaryKey(),
    agentId: uuid()
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    name: text().notNull(),
    start: text().notNull(),
    hash: text().notNull().unique(),
    /** What the key is narrowed to; null where it carries all that its agent may do. */
    authority: jsonb().$type<KeyAuthority>(),
    lastUsedAt: timestamp({ withTimezone: true }),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    index("api_keys_agent").on(table.agentId),
    check("api_keys_length", sql`expires_at <= created_at + interval '731 days'`),
  ],
);

/** How often an address tried a sign-in route lately; shared by all api processes. */
export const rateLimits = pgTable("rate_limits", {
  id: uuid().primaryKey(),
  key: text().notNull().unique(),
  count: integer().notNull(),
  lastRequest: bigint({ mode: "number" }).notNull(),
});
