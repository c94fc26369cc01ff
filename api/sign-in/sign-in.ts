import { apiKey, defaultKeyHasher } from "@better-auth/api-key";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { twoFactor } from "better-auth/plugins";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { and, desc, eq, gt, isNull, lt, or } from "drizzle-orm";
import type { Log } from "../../db/log.ts";
import type { Database } from "../../db/open-database.ts";
import { accounts, agents, apiKeys, rateLimits, sessions, twoFactors, verifications } from "../../db/schema/sign-in.ts";
import type { KeyAuthority } from "../../contract/authority.ts";
import { keyAuthorityOf, keyPermissions } from "../../core/authority/key-permissions.ts";
import type { OidcSettings } from "./oidc-settings.ts";
import type { Agent } from "./agent.ts";
import { libraryOptions } from "./library-options.ts";
import { openOidc } from "./oidc.ts";

const hours = 60 * 60;
const agentColumns = {
  id: agents.id,
  name: agents.name,
  email: agents.email,
  twoFactorEnabled: agents.twoFactorEnabled,
};

/** An API key as its owner sees it. */
export type ApiKey = {
  id: string;
  name: string;
  start: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  authority: KeyAuthority | null;
};

/** A key to be made; without `authority` it carries all that its owner has, without days it lasts for good. */
type WantedKey = { name: string; expiresInDays: number | null; authority: KeyAuthority | null };

/** Everything that Muster asks of the sign-in library; nothing else of ours touches it. */
export type SignIn = {
  /** Answers a request under /api/auth. */
  handle(request: Request): Promise<Response>;
  agentOfSession(headers: Headers): Promise<Agent | null>;
  /** Who has given the right password and is asked for a second factor, by the cookie of that step. */
  agentOfChallenge(headers: Headers): Promise<Agent | null>;
  agentOfKey(key: string): Promise<{ agent: Agent; keyId: string; keyName: string } | null>;
  createKey(agentId: string, wanted: WantedKey): Promise<{ id: string; key: string }>;
  listKeys(agentId: string): Promise<ApiKey[]>;
  /** False where the agent has no such key. */
  deleteKey(agentId: string, keyId: string): Promise<boolean>;
  hashPassword(password: string): Promise<string>;
  /** What the OpenID Connect provider is called, null where there is none. */
  oidcName: string | null;
};

/**
 * Sign-in by password with a second factor, through an OpenID Connect provider and by API key, on better-auth over our own
 * tables. Sign-up is off: agents are made by agents.
 * Sessions last 12 hours; an address may try a password ten times a minute, counted in the database.
 */
export function makeSignIn(options: {
  db: Database;
  secret: string;
  publicUrl: string | null;
  log: Pick<Log, "warn">;
  oidc?: OidcSettings | null;
}): SignIn {
  const { db, log, oidc: provider = null } = options;
  const common = {
    ...libraryOptions(options.publicUrl, options.secret, provider?.trustEmail === true),
    database: drizzleAdapter(db.orm, {
      provider: "pg",
      schema: {
        user: agents,
        session: sessions,
        account: accounts,
        verification: verifications,
        apikey: apiKeys,
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
    plugins: [apiKey({ defaultPrefix: "muster_", requireName: true, rateLimit: { enabled: false } }), twoFactor()],
  });
  const oidc = provider === null ? null : openOidc(provider, (plugin) => betterAuth({ ...common, plugins: [plugin] }));

  async function findAgent(id: string): Promise<Agent | null> {
    const found = await db.orm.select(agentColumns).from(agents).where(eq(agents.id, id));
    return found[0] ?? null;
  }

  /** The library answers 500 to any fault; where the database is at fault, the caller shall hear that. */
  async function askDatabase(): Promise<void> {
    await db.sql`select 1`;
  }

  return {
    async handle(request) {
      const answer = (await oidc?.answer(request)) ?? (await auth.handler(request));
      if (answer.status >= 500) await askDatabase();
      return answer;
    },
    async agentOfSession(headers) {
      const session = await auth.api.getSession({ headers });
      if (session === null) await askDatabase();
      return session === null ? null : findAgent(session.user.id);
    },
    async agentOfChallenge(headers) {
      const { createAuthCookie, internalAdapter } = await auth.$context;
      const signed = cookieOf(headers, createAuthCookie("two_factor").name);
      // Nobody guesses an identifier of a challenge that is there, so that its signature need not be looked at.
      const identifier = signed?.slice(0, signed.lastIndexOf("."));
      if (identifier === undefined || identifier === "") return null;
      const challenge = await internalAdapter.findVerificationValue(identifier);
      return challenge === null || challenge.expiresAt < new Date() ? null : findAgent(challenge.value);
    },
    // The library's own check writes the key's row at each request and calls a key wrong while the database is away.
    async agentOfKey(key) {
      const now = new Date();
      const found = await db.orm
        .select({ agent: agentColumns, keyId: apiKeys.id, keyName: apiKeys.name, lastRequest: apiKeys.lastRequest })
        .from(apiKeys)
        .innerJoin(agents, eq(agents.id, apiKeys.referenceId))
        .where(
          and(
            eq(apiKeys.key, await defaultKeyHasher(key)),
            eq(apiKeys.enabled, true),
            or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
          ),
        );
      const match = found[0];
      if (match === undefined) return null;
      const minuteAgo = new Date(now.getTime() - 60_000);
      if (match.lastRequest === null || match.lastRequest < minuteAgo) {
        await db.orm
          .update(apiKeys)
          .set({ lastRequest: now })
          .where(and(eq(apiKeys.id, match.keyId), or(isNull(apiKeys.lastRequest), lt(apiKeys.lastRequest, minuteAgo))));
      }
      return { agent: match.agent, keyId: match.keyId, keyName: match.keyName ?? "" };
    },
    async createKey(agentId, { name, expiresInDays, authority }) {
      const expiresIn = expiresInDays === null ? null : expiresInDays * 24 * hours;
      const narrowed = authority === null ? {} : { permissions: keyPermissions(authority) };
      const made = await auth.api.createApiKey({ body: { name, userId: agentId, expiresIn, ...narrowed } });
      return { id: made.id, key: made.key };
    },
    async listKeys(agentId) {
      const found = await db.orm
        .select()
        .from(apiKeys)
        .where(eq(apiKeys.referenceId, agentId))
        .orderBy(desc(apiKeys.createdAt));
      return found.map((key) => ({
        id: key.id,
        name: key.name ?? "",
        start: key.start ?? "",
        createdAt: key.createdAt,
        lastUsedAt: key.lastRequest,
        expiresAt: key.expiresAt,
        authority: keyAuthorityOf(key.permissions),
      }));
    },
    async deleteKey(agentId, keyId) {
      const gone = await db.orm
        .delete(apiKeys)
        .where(and(eq(apiKeys.id, keyId), eq(apiKeys.referenceId, agentId)))
        .returning({ id: apiKeys.id });
      return gone.length > 0;
    },
    oidcName: provider?.name ?? null,
    async hashPassword(password) {
      return (await auth.$context).password.hash(password);
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
