import type { CoreContext } from "../core/context.ts";
import { openCore, type ProcessBase } from "../core/open-core.ts";
import { purposeKey } from "../core/secrets/secret-key.ts";
import { startResealing } from "../core/secrets/start-resealing.ts";
import { listenProblem } from "../monitor/listen-problem.ts";
import { sendsCookiesInTheClear } from "./http/own-origin.ts";
import { connectionsOf, type Database } from "../db/open-database.ts";
import type { ServerDeps } from "./api-context.ts";
import { makeServer, type ApiServer } from "./server.ts";
import type { ApiSettings } from "./settings.ts";
import type { OidcSettings } from "./sign-in/oidc-settings.ts";
import { ensureFirstAdmin } from "./sign-in/first-admin.ts";
import { resealTwoFactors } from "./sign-in/reseal-two-factors.ts";
import { makeSignIn, type SignIn } from "./sign-in/sign-in.ts";
import type { SignInKeys } from "./sign-in/sign-in-keys.ts";

/** The api at work; `signIn.password` is null where it was made at an earlier start or set from outside. */
export type Serving = { context: CoreContext; address: string; signIn: { email: string; password: string | null } };

type Enqueues = Required<Pick<CoreContext, "enqueue">>;

const poolSize = 10;

/** How many connections to Postgres a process opens at most to serve, with the one that hears of events; the queue's aside. */
export const servingConnections = connectionsOf(poolSize) + 1;

type FirstAgent = { email: string | null; password: string | null };

/**
 * Starts the api and prints where it serves. `queues` and `retryJob` are worker/'s, for Bull Board, and so is `enqueue`.
 * @throws Error of one sentence where the port is taken
 */
export async function startServing(
  base: ProcessBase,
  { queues, retryJob, enqueue, monitor }: Pick<ServerDeps, "queues" | "retryJob" | "monitor"> & Enqueues,
  parts: { settings: ApiSettings; oidc: OidcSettings | null; firstAgent: FirstAgent; print: (text: string) => void },
): Promise<Serving> {
  const { settings, oidc, firstAgent, print } = parts;
  const { log, closers } = base;
  const context = { ...(await openCore(base, { role: "api", poolSize })), enqueue };
  const keys = signInKeys(base);
  await resealTwoFactors(context.db, keys);
  const signIn = makeSignIn({ db: context.db, keys, publicUrl: settings.publicUrl, log, oidc });
  const first = await makeFirstAgent(context.db, signIn, firstAgent, print);
  const server = makeServer({ context, signIn, queues, retryJob, monitor, settings });
  const address = await listen(server, settings);
  closers.unshift(() => server.close());
  if (keys.previous !== null) {
    const resealing = startResealing(context, () => resealTwoFactors(context.db, keys));
    closers.unshift(() => resealing.close());
  }
  if (settings.adminApiKey !== null) {
    log.warn(
      "MUSTER_ADMIN_API_KEY is set: whoever holds it may do everything; its acts are audited as token:environment",
    );
  }
  if (oidc !== null && settings.publicUrl === null) {
    log.warn(
      "A sign-in through the provider comes back to this machine's own address alone: set MUSTER_PUBLIC_URL where people reach Muster by another name",
    );
  }
  if (sendsCookiesInTheClear(settings)) {
    log.warn(
      "Sessions go over plain HTTP, where others on the network can read them: put a proxy that speaks TLS in front, and set MUSTER_PUBLIC_URL to its https address",
    );
  }
  print(`Muster serves ${address}\n`);
  return { context, address, signIn: first };
}

function signInKeys({ secretKey, previousSecretKey }: ProcessBase): SignInKeys {
  return {
    current: purposeKey(secretKey, "sessions"),
    previous: previousSecretKey === null ? null : purposeKey(previousSecretKey, "sessions"),
  };
}

async function listen(server: ApiServer, { host, port }: ApiSettings): Promise<string> {
  try {
    return await server.listen();
  } catch (error) {
    throw listenProblem(error as NodeJS.ErrnoException, { host, port, setting: "PORT" });
  }
}

/** Makes the first agent at the first start, and prints a made password the one time that it is known. */
async function makeFirstAgent(
  db: Database,
  signIn: SignIn,
  wanted: FirstAgent,
  print: (text: string) => void,
): Promise<Serving["signIn"]> {
  const made = await ensureFirstAdmin(db, signIn, wanted);
  if (made === null) return { email: wanted.email ?? "admin@muster.local", password: null };
  if (made.generatedPassword !== null) {
    print(
      `\nThe first agent: ${made.email}\nPassword:        ${made.generatedPassword}   (shown this once; change it after signing in)\n\n`,
    );
  }
  return { email: made.email, password: made.generatedPassword };
}
