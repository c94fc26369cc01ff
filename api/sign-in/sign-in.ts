import type { BetterAuthOptions } from "better-auth";
import { betterAuth } from "better-auth/minimal";
import { twoFactor } from "better-auth/plugins/two-factor";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { findAgent, type SignedInAgent } from "../../core/access/agents/find-agent.ts";
import { askDatabase } from "../../db/ask-database.ts";
import type { Log } from "../../db/log.ts";
import type { Database } from "../../db/open-database.ts";
import { accounts, agents, rateLimits, sessions, twoFactors, verifications } from "../../db/schema/sign-in.ts";
import type { OidcSettings } from "./oidc-settings.ts";
import { libraryOptions } from "./library-options.ts";
import { openOidc } from "./oidc.ts";
import { signCookiesAnew, type SignInKeys } from "./sign-in-keys.ts";

/** Everything that Muster asks of the sign-in library; nothing else of ours touches it. */
export type SignIn = {
  /** Answers a request under /api/auth. */
  handle(request: Request): Promise<Response>;
  sessionOf(headers: Headers): Promise<{ id: string; agent: SignedInAgent } | null>;
  agentOfSession(headers: Headers): Promise<SignedInAgent | null>;
  /** Who has given the right password and is asked for a second factor, by the cookie of that step. */
  agentOfChallenge(headers: Headers): Promise<SignedInAgent | null>;
  hashPassword(password: string): Promise<string>;
  matchesPassword(hash: string, password: string): Promise<boolean>;
  /** What the OpenID Connect provider is called, null where there is none. */
  oidcName: string | null;
};

/**
 * Sign-in by password with a second factor, and through an OpenID Connect provider, on better-auth over our own tables. Sign-up is off: agents are made by agents.
 * Sessions last 12 hours; an address may try a password ten times a minute, counted in the database.
 */
export function makeSignIn(options: {
  db: Database;
  keys: SignInKeys;
  publicUrl: string | null;
  log: Pick<Log, "warn">;
  oidc?: OidcSettings | null;
}): SignIn {
  const { db, log, keys, oidc: provider = null } = options;
  const common = {
    ...libraryOptions(options.publicUrl, keys, provider?.trustEmail === true),
    // oxlint-disable-next-line muster/no-sql -- the library writes its statements itself
    database: drizzleAdapter(db.orm, {
      provider: "pg",
      schema: {
        user: agents,
        session: sessions,
        account: accounts,
        verification: verifications,
        rateLimit: rateLimits,
        twoFactor: twoFactors,
      },
    }),
    // Its messages may hold addresses and query parameters, so only the fact that one came is kept.
    logger: {
      log: (level) => (level === "error" ? log.warn("the sign-in library reported an error") : undefined),
    },
  } satisfies BetterAuthOptions;
  const auth = betterAuth({
    ...common,
    plugins: [twoFactor()],
  });
  const oidc = provider === null ? null : openOidc(provider, (plugin) => betterAuth({ ...common, plugins: [plugin] }));

  /** The headers as the library knows their cookies. */
  function known(headers: Headers): Headers {
    const cookie = headers.get("cookie");
    if (cookie === null) return headers;
    const copy = new Headers(headers);
    copy.set("cookie", signCookiesAnew(cookie, keys));
    return copy;
  }

  async function sessionOf(headers: Headers): Promise<{ id: string; agent: SignedInAgent } | null> {
    const session = await auth.api.getSession({ headers: known(headers) });
    if (session === null) await askDatabase(db);
    const agent = session === null ? null : await findAgent(db, session.user.id);
    return session === null || agent === null ? null : { id: session.session.id, agent };
  }

  return {
    async handle(asked) {
      const request = new Request(asked, { headers: known(asked.headers) });
      const answer = (await oidc?.answer(request)) ?? (await auth.handler(request));
      // The library answers 500 to any fault; where the database is at fault, the caller shall hear that.
      if (answer.status >= 500) await askDatabase(db);
      return answer;
    },
    sessionOf,
    agentOfSession: async (headers) => (await sessionOf(headers))?.agent ?? null,
    async agentOfChallenge(headers) {
      const { createAuthCookie, internalAdapter } = await auth.$context;
      const signed = cookieOf(headers, createAuthCookie("two_factor").name);
      // Nobody guesses an identifier of a challenge that is there, so that its signature need not be looked at.
      const identifier = signed?.slice(0, signed.lastIndexOf("."));
      if (identifier === undefined || identifier === "") return null;
      const challenge = await internalAdapter.findVerificationValue(identifier);
      return challenge === null || challenge.expiresAt < new Date() ? null : findAgent(db, challenge.value);
    },
    oidcName: provider?.name ?? null,
    async hashPassword(password) {
      return (await auth.$context).password.hash(password);
    },
    async matchesPassword(hash, password) {
      return (await auth.$context).password.verify({ hash, password });
    },
  };
}

function cookieOf(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  try {
    return found === undefined ? undefined : decodeURIComponent(found);
  } catch {
    return undefined;
  }
}
