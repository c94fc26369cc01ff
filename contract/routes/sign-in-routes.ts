import { z } from "zod";
import { apiKeySchema, keyAuthoritySchema, madeApiKeySchema, newApiKeySchema, partnerRoleNames } from "../authority.ts";
import { pageOf } from "../paging.ts";
import type { Route } from "./route.ts";

/** Who the caller is; `email` is null for the token of the environment. */
const meSchema = z.object({
  kind: z.enum(["agent", "token"]),
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  partnerRole: z.enum(partnerRoleNames).nullable().describe("null for the token of the environment, which needs none"),
  twoFactorEnabled: z.boolean(),
  restoreDays: z.number().int().describe("For how many days a deleted user can be restored"),
  mails: z.boolean().describe("Whether Muster has a mail server, by which one-time links can go out"),
  key: keyAuthoritySchema.nullable().describe("What the API key is narrowed to; null where it is not"),
});

const session = z.object({ user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }).loose() }).loose();

/** The password was right, and `POST /api/auth/two-factor/verify-totp` is to bring the code. */
const secondStep = z.object({ twoFactorRedirect: z.literal(true), twoFactorMethods: z.array(z.string()) });

/** A sign-in by a browser. */
const sessionSchema = z.object({
  id: z.uuid(),
  current: z.boolean().describe("true: the one that asks"),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

export type Session = z.infer<typeof sessionSchema>;

/** Signing in and out, and API keys. The routes under /api/auth are, but for the change of password, the sign-in library's. */
export const signInRoutes = {
  signIn: {
    method: "post",
    path: "/api/auth/sign-in/email",
    tag: "Sign-in",
    summary: "Signs an agent in and sets the session cookie, or asks for the code of the authenticator app",
    authority: "public",
    body: z.object({ email: z.string().max(320), password: z.string().max(1024), rememberMe: z.boolean().optional() }),
    answers: { 200: { schema: z.union([session, secondStep]) } },
    problems: ["unauthenticated", "rate_limited", "cross_site"],
  },
  signOut: {
    method: "post",
    path: "/api/auth/sign-out",
    tag: "Sign-in",
    summary: "Ends the session",
    authority: "public",
    answers: { 200: { schema: z.object({ success: z.boolean() }) } },
    problems: ["cross_site"],
  },
  getSession: {
    method: "get",
    path: "/api/auth/get-session",
    tag: "Sign-in",
    summary: "Gives the session of the cookie, or null",
    authority: "public",
    answers: { 200: { schema: session.nullable() } },
    problems: [],
  },
  changePassword: {
    method: "post",
    path: "/api/auth/change-password",
    tag: "Sign-in",
    summary: "Changes the agent's own password; all other sessions of the agent end",
    authority: "public",
    body: z.object({
      currentPassword: z.string().max(256),
      newPassword: z.string().min(8).max(256),
      endApiKeys: z.boolean().default(false).describe("Whether all API keys of the agent end as well"),
    }),
    answers: { 200: { schema: session } },
    problems: ["unauthenticated", "agent_without_password", "rate_limited", "cross_site"],
  },
  getMe: {
    method: "get",
    path: "/v1/me",
    tag: "Sign-in",
    summary: "Tells who the caller is",
    authority: "anyAgent",
    answers: { 200: { schema: meSchema } },
    problems: [],
  },
  listSessions: {
    method: "get",
    path: "/v1/sessions",
    tag: "Sign-in",
    summary: "Lists the caller's own sign-ins that have not ended, the latest first",
    authority: "namedAgent",
    answers: { 200: { schema: pageOf(sessionSchema) } },
    problems: [],
  },
  endSession: {
    method: "delete",
    path: "/v1/sessions/{sessionId}",
    tag: "Sign-in",
    summary: "Ends a sign-in of the caller's",
    authority: "namedAgent",
    params: z.object({ sessionId: z.uuid().describe("The sign-in's id") }),
    answers: { 204: { empty: true } },
    problems: [],
  },
  listApiKeys: {
    method: "get",
    path: "/v1/api-keys",
    tag: "Sign-in",
    summary: "Lists the caller's own API keys",
    authority: "keyOwner",
    answers: { 200: { schema: pageOf(apiKeySchema) } },
    problems: [],
  },
  createApiKey: {
    method: "post",
    path: "/v1/api-keys",
    tag: "Sign-in",
    summary: "Makes an API key for the caller and shows it this once",
    authority: "keyOwner",
    body: newApiKeySchema,
    answers: { 201: { schema: madeApiKeySchema } },
    problems: [],
  },
  deleteApiKey: {
    method: "delete",
    path: "/v1/api-keys/{keyId}",
    tag: "Sign-in",
    summary: "Ends an API key of the caller's",
    authority: "keyOwner",
    params: z.object({ keyId: z.uuid().describe("The API key's id, not the key") }),
    answers: { 204: { empty: true } },
    problems: [],
  },
} as const satisfies Record<string, Route>;
