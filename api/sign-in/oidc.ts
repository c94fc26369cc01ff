import type { BetterAuthPlugin } from "better-auth";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { Problem } from "../../contract/problem.ts";
import type { OidcSettings } from "./oidc-settings.ts";

/** The id under which the provider is known in our tables and addresses. */
export const oidcProvider = "oidc";

const path = new RegExp(`^/api/auth/(?:sign-in/social|callback/${oidcProvider})$`);
const rebuildMs = 5_000;

type Library = {
  handler(request: Request): Promise<Response>;
  $context: Promise<{ socialProviders: { id: string }[] }>;
};

/** Answers requests of the sign-in through the provider; null where the address is none of them. */
export type Oidc = { answer(request: Request): Promise<Response | null> };

/**
 * Makes the sign-in through an OpenID Connect provider. It runs in a library of its own, built by `build`: the library asks
 * the provider where its addresses are when it starts, and a provider that is slow or away must not keep anybody from a
 * password. Nobody is made an agent by it.
 */
export function openOidc(settings: OidcSettings, build: (plugin: BetterAuthPlugin) => Library): Oidc {
  const plugin = () =>
    genericOAuth({
      config: [
        {
          providerId: oidcProvider,
          discoveryUrl: `${settings.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
          clientId: settings.clientId,
          clientSecret: settings.clientSecret,
          scopes: ["openid", "email", "profile"],
          pkce: true,
          requireIdTokenVerification: true,
          disableSignUp: true,
          disableImplicitSignUp: true,
        },
      ],
    });
  let library: Library | null = null;
  let builtAt = 0;

  async function current(): Promise<Library> {
    if (library !== null && (await knowsProvider(library))) return library;
    if (library === null || performance.now() - builtAt > rebuildMs) {
      builtAt = performance.now();
      library = build(plugin());
      if (await knowsProvider(library)) return library;
    }
    throw new Problem("sign_in_provider_away", "The sign-in provider cannot be reached; try again, or use a password");
  }

  return {
    async answer(request) {
      if (!path.test(new URL(request.url).pathname)) return null;
      return await (await current()).handler(request);
    },
  };
}

async function knowsProvider(library: Library): Promise<boolean> {
  const { socialProviders } = await library.$context;
  return socialProviders.some(({ id }) => id === oidcProvider);
}
