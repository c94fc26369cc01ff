import type { Request as HttpRequest } from "express";
import type { CoreContext } from "../../core/context.ts";
import { Problem } from "../../contract/problem.ts";
import { forgiveAttempts, limitAttempts, signInTries } from "../../core/limits/limit-attempts.ts";
import { askSignIn } from "./bridge.ts";
import { recordRefusedSignIn, recordSignIn } from "./record-sign-in.ts";
import type { SignIn } from "./sign-in.ts";

/** Wrong passwords for one name, from all addresses together; the library counts those of one address. */
const perName = { by: "name", most: 10, seconds: 900 } as const;

/**
 * Signs an agent in, or asks for the second factor where the agent has one; both, and a refusal, are audited. Ten wrong
 * passwords in a quarter of an hour close a name for the rest of it, whether an agent has it or not.
 * @throws Problem as `askSignIn`
 */
export async function signInByPassword(
  { context, signIn }: { context: CoreContext; signIn: SignIn },
  req: HttpRequest,
  body: { email: string; password: string },
): Promise<Response> {
  const what = signInTries(body.email);
  await limitAttempts(context, [{ what, ...perName }]);
  try {
    const answer = await askSignIn(signIn, req, "/api/auth/sign-in/email", body);
    await forgiveAttempts(context, what, "all");
    await recordSignIn(context, signIn, req, answer, "password");
    return answer;
  } catch (error) {
    // No password was looked at.
    if (!(error instanceof Problem && error.code === "unauthenticated")) await forgiveAttempts(context, what, 1);
    await recordRefusedSignIn(context, req, body.email, error);
    throw error;
  }
}
