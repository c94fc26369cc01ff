import type { Request as HttpRequest } from "express";
import { Problem } from "../../contract/problem.ts";
import type { Who } from "../../core/actor.ts";
import { recordAct } from "../../core/audit/record-act.ts";
import type { CoreContext } from "../../core/context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { Agent } from "./agent.ts";
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
  if (agent !== null) await record(context, agent, { operation: "sign_in", after: { by } });
}

/**
 * Writes into the audit that a sign-in to an agent's address was refused. Other addresses are not kept: what is typed there
 * may be a password.
 */
export async function recordRefusedSignIn(context: CoreContext, email: string, error: unknown): Promise<void> {
  if (!(error instanceof Problem) || error.code !== "unauthenticated") return;
  const [agent] = await context.db.sql<Pick<Agent, "id" | "name">[]>`
    select id, name from agents where email = ${email.toLowerCase()}`;
  if (agent !== undefined) await record(context, agent, { operation: "sign_in", status: "refused" });
}

/** Writes into the audit that an agent took up a second factor, or gave it up. */
export async function recordTwoFactor(context: CoreContext, agent: Agent | null, enabled: boolean): Promise<void> {
  if (agent === null) return;
  await record(context, agent, { operation: enabled ? "enable_two_factor" : "disable_two_factor" });
}

async function record(
  context: CoreContext,
  { id, name }: Pick<Agent, "id" | "name">,
  act: Omit<Parameters<typeof recordAct>[2], "customerId">,
): Promise<void> {
  const who: Who = { kind: "agent", id, name };
  await inTransaction(context.db.pool, (tx) => recordAct(tx, who, { ...act, customerId: null }));
}
