import type { Request as HttpRequest } from "express";
import { Problem } from "../../contract/problem.ts";
import { unknownActor, type Who } from "../../core/actor.ts";
import { findAgentByEmail, type SignedInAgent } from "../../core/access/agents/find-agent.ts";
import { recordAct } from "../../core/audit/record-act.ts";
import type { CoreContext } from "../../core/context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { headersOf } from "./bridge.ts";
import type { SignIn } from "./sign-in.ts";

/** How somebody signed in: by password alone, by a second factor after it, or through the OIDC provider. */
export type SignInWay = "password" | "totp" | "backup_code" | "oidc";

/** Writes into the audit who was signed in by an answer of the library; an answer that opens no session yet passes. */
export async function recordSignIn(
  context: CoreContext,
  signIn: Pick<SignIn, "agentOfSession">,
  req: HttpRequest,
  answer: Response,
  by: SignInWay,
): Promise<void> {
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.slice(0, one.indexOf(";")))
    .filter((pair) => !pair.endsWith("="))
    .join("; ");
  if (cookie === "") return;
  const headers = headersOf(req);
  headers.set("cookie", cookie);
  const agent = await signIn.agentOfSession(headers);
  if (agent !== null) await record(context, whoIs(agent), { operation: "sign_in", after: { by, address: req.ip } });
}

/**
 * Writes into the audit that a sign-in was refused, to which agent's address and from where. An address that is no agent's
 * is not kept: what is typed there may be a password.
 */
export async function recordRefusedSignIn(
  context: CoreContext,
  req: HttpRequest,
  email: string,
  error: unknown,
): Promise<void> {
  // A try beyond the rate limit looks at no password, and would let anybody fill the audit.
  if (!(error instanceof Problem) || error.code !== "unauthenticated") return;
  const agent = await findAgentByEmail(context.db, email);
  const who = agent === null ? unknownActor : whoIs(agent);
  await record(context, who, { operation: "sign_in", status: "refused", after: { address: req.ip } });
}

/** Writes into the audit that a code was refused, at the sign-in of an agent or at the setting up of the app. */
export async function recordRefusedCode(
  context: CoreContext,
  req: HttpRequest,
  agent: SignedInAgent,
  by: SignInWay,
  settingUp: boolean,
): Promise<void> {
  const operation = settingUp ? "enable_two_factor" : "sign_in";
  await record(context, whoIs(agent), { operation, status: "refused", after: { by, address: req.ip } });
}

/** Writes into the audit that an agent took up a second factor, or gave it up. */
export async function recordTwoFactor(
  context: CoreContext,
  agent: SignedInAgent | null,
  enabled: boolean,
): Promise<void> {
  if (agent === null) return;
  await record(context, whoIs(agent), { operation: enabled ? "enable_two_factor" : "disable_two_factor" });
}

function whoIs({ id, name }: Pick<SignedInAgent, "id" | "name">): Who {
  return { kind: "agent", id, name };
}

async function record(
  context: CoreContext,
  who: Who,
  act: Omit<Parameters<typeof recordAct>[2], "customerId">,
): Promise<void> {
  await inTransaction(context.db.pool, (tx) => recordAct(tx, who, { ...act, customerId: null }));
}
