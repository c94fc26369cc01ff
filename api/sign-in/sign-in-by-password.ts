import type { Request as HttpRequest } from "express";
import type { CoreContext } from "../../core/context.ts";
import { askSignIn } from "./bridge.ts";
import { recordRefusedSignIn, recordSignIn } from "./record-sign-in.ts";
import type { SignIn } from "./sign-in.ts";

/**
 * Signs an agent in, or asks for the second factor where the agent has one; both, and a refusal, are audited.
 * @throws Problem as `askSignIn`
 */
export async function signInByPassword(
  { context, signIn }: { context: CoreContext; signIn: SignIn },
  req: HttpRequest,
  body: { email: string; password: string },
): Promise<Response> {
  try {
    const answer = await askSignIn(signIn, req, "/api/auth/sign-in/email", body);
    await recordSignIn(context, signIn, req, answer, "password");
    return answer;
  } catch (error) {
    await recordRefusedSignIn(context, req, body.email, error);
    throw error;
  }
}
