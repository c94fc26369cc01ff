import { z } from "zod";
import type { Route } from "./route.ts";

const code = z.object({ code: z.string().min(1).max(64) });
const password = z.object({ password: z.string().max(1024) });
const answer = z.object({}).loose();

/** The second factor of agents, and signing in through an OpenID Connect provider; the sign-in library answers most. */
export const twoFactorRoutes = {
  enableTotp: {
    method: "post",
    path: "/api/auth/two-factor/enable",
    tag: "Sign-in",
    summary: "Begins with an authenticator app: gives its address and backup codes; the first code makes it count",
    authority: "public",
    body: password,
    answers: { 200: { schema: z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) }).loose() } },
    problems: ["unauthenticated", "body_invalid", "rate_limited", "cross_site"],
  },
  verifyTotp: {
    method: "post",
    path: "/api/auth/two-factor/verify-totp",
    tag: "Sign-in",
    summary: "Takes the code of the authenticator app, as the second step of a sign-in or the last of its setting up",
    authority: "public",
    body: code,
    answers: { 200: { schema: answer } },
    problems: ["unauthenticated", "rate_limited", "cross_site"],
  },
  verifyBackupCode: {
    method: "post",
    path: "/api/auth/two-factor/verify-backup-code",
    tag: "Sign-in",
    summary: "Takes a backup code, each once, as the second step of a sign-in",
    authority: "public",
    body: code,
    answers: { 200: { schema: answer } },
    problems: ["unauthenticated", "rate_limited", "cross_site"],
  },
  disableTotp: {
    method: "post",
    path: "/api/auth/two-factor/disable",
    tag: "Sign-in",
    summary: "Gives the authenticator app up",
    authority: "public",
    body: password,
    answers: { 200: { schema: answer } },
    problems: ["unauthenticated", "body_invalid", "rate_limited", "cross_site"],
  },
  getSignInWays: {
    method: "get",
    path: "/v1/sign-in-ways",
    tag: "Sign-in",
    summary: "Tells how agents can sign in here",
    authority: "public",
    answers: {
      200: {
        schema: z.object({
          password: z.literal(true),
          oidc: z.object({ name: z.string(), url: z.string() }).nullable().describe("Where to send the browser"),
        }),
      },
    },
    problems: [],
  },
  startOidc: {
    method: "get",
    path: "/sign-in/oidc",
    tag: "Sign-in",
    summary: "Sends a browser to the OpenID Connect provider",
    authority: "public",
    query: z.object({ next: z.string().max(4096).optional().describe("The page of Muster's own to go on to") }),
    answers: { 303: { empty: true } },
    problems: ["not_found", "rate_limited", "sign_in_provider_away"],
  },
  finishOidc: {
    method: "get",
    path: "/api/auth/callback/oidc",
    tag: "Sign-in",
    summary: "Takes a browser that comes back from the OpenID Connect provider",
    authority: "public",
    query: z.object({
      code: z.string().max(4096).optional().describe("What the provider gave for the sign-in"),
      state: z.string().max(4096).optional().describe("What Muster gave the provider to bring back"),
    }),
    answers: { 303: { empty: true } },
    problems: ["not_found", "sign_in_provider_away"],
  },
} as const satisfies Record<string, Route>;
