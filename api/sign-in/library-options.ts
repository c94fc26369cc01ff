import type { BetterAuthOptions } from "better-auth";
import { newId } from "../../db/new-id.ts";
import { oidcProvider } from "./oidc.ts";
import { librarySecrets, type SignInKeys } from "./sign-in-keys.ts";

const hours = 60 * 60;

/** The header in which the api tells the library the caller's address; whatever a caller sends in it is overwritten. */
export const clientAddressHeader = "x-muster-client-address";

/** How the sign-in library is set up, whatever it is asked for. */
export function libraryOptions(publicUrl: string | null, keys: SignInKeys, trustEmail: boolean) {
  return {
    secrets: librarySecrets(keys),
    appName: "Muster",
    basePath: "/api/auth",
    // Without a public address the origin is the one the request came to; others are refused either way.
    ...(publicUrl === null ? {} : { baseURL: publicUrl, trustedOrigins: [new URL(publicUrl).origin] }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 256 },
    account: {
      updateAccountOnSignIn: false,
      accountLinking: { trustedProviders: trustEmail ? [oidcProvider] : [] },
    },
    // The provider's tokens tell who signs in, and are good for nothing after that.
    databaseHooks: {
      account: {
        create: {
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
    },
    session: { expiresIn: 12 * hours, updateAge: hours },
    rateLimit: {
      enabled: true,
      storage: "database",
      customRules: {
        "/sign-in/*": { window: 60, max: 10 },
        "/change-password": { window: 60, max: 10 },
        "/two-factor/*": { window: 60, max: 10 },
        "/get-session": false,
      },
    },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: "muster",
      useSecureCookies: publicUrl?.startsWith("https:") ?? false,
      database: { generateId: () => newId(), validateSchema: false },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
  } satisfies BetterAuthOptions;
}
