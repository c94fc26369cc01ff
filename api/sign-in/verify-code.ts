import type { Request as HttpRequest } from "express";
import { Problem } from "../../contract/problem.ts";
import type { SignedInAgent } from "../../core/access/agents/find-agent.ts";
import { codesLockedUntil } from "../../core/access/agents/two-factors.ts";
import type { CoreContext } from "../../core/context.ts";
import { limitAttempts } from "../../core/limits/limit-attempts.ts";
import { askSignIn, headersOf } from "./bridge.ts";
import { recordRefusedCode, recordSignIn, recordTwoFactor } from "./record-sign-in.ts";
import type { SignIn } from "./sign-in.ts";

/** A code is right for 90 s at the most: its own half minute, and one on either side. */
const codeSeconds = 120;

/**
 * Takes the code of an authenticator app or a backup code: the second step of a sign-in or, for who is signed in already,
 * the last step of setting the app up. A code counts once (RFC 6238, 5.2). Right and wrong codes are audited.
 * @throws Problem as `askSignIn`; rate_limited with the time to wait where an agent had too many wrong codes
 */
export async function verifyCode(
  { context, signIn }: { context: CoreContext; signIn: SignIn },
  req: HttpRequest,
  path: string,
  body: { code: string },
): Promise<Response> {
  const by = path.endsWith("/verify-totp") ? "totp" : "backup_code";
  const signedIn = await signIn.agentOfSession(headersOf(req));
  const agent = signedIn ?? (await signIn.agentOfChallenge(headersOf(req)));
  try {
    if (agent !== null && by === "totp") await takeCode(context, agent, body.code);
    const answer = await askSignIn(signIn, req, path, body);
    if (signedIn === null) await recordSignIn(context, signIn, req, answer, by);
    else if (!signedIn.twoFactorEnabled) await recordTwoFactor(context, signedIn, true);
    return answer;
  } catch (error) {
    if (agent === null || !(error instanceof Problem)) throw error;
    if (error.code === "unauthenticated") await recordRefusedCode(context, req, agent, by, signedIn !== null);
    if (error.code === "rate_limited") await refuseLocked(context, agent);
    throw error;
  }
}

/** @throws Problem unauthenticated where the code was sent before, right or wrong */
async function takeCode(context: CoreContext, { id }: SignedInAgent, code: string): Promise<void> {
  try {
    await limitAttempts(context, [{ what: `totp ${id} ${code}`, by: "name", most: 1, seconds: codeSeconds }]);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem("unauthenticated", "This code was sent before; wait for the next one.");
  }
}

/** @throws Problem rate_limited where wrong codes have locked the second factor of the agent, whatever the address */
async function refuseLocked(context: CoreContext, { id }: SignedInAgent): Promise<void> {
  const until = await codesLockedUntil(context, id);
  if (until === null) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((until.getTime() - context.now().getTime()) / 1000));
  throw new Problem(
    "rate_limited",
    `Too many wrong codes for this agent, from whatever address; try again in ${retryAfterSeconds} seconds.`,
    { retryAfterSeconds },
  );
}
