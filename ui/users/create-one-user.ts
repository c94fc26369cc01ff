import type { User, UserInput } from "../../contract/user.ts";
import { callRoute } from "../client/call-route.ts";

const waitSeconds = 10;

/** How the request for one user ended; `underWay` where it takes longer than ten seconds. */
export type MadeUser =
  | { kind: "underWay"; batchId: string }
  | {
      kind: "made";
      user: User;
      batchId: string | undefined;
      warnings: { code: string; message: string }[];
      /** null where the user has a password of its own. */
      temporaryPassword: string | null;
    };

/**
 * Creates one user and waits for its temporary password.
 * @throws RequestFailed with the cause where the user was not made
 */
export async function createOneUser(customerId: string, body: UserInput): Promise<MadeUser> {
  const answer = await callRoute("createUser", {
    params: { customerId },
    body,
    headers: { prefer: `wait=${waitSeconds}` },
  });
  if (!("userPrincipalName" in answer)) return { kind: "underWay", batchId: answer.id };
  const { batchId, warnings = [], temporaryPassword = null, ...user } = answer;
  return { kind: "made", user, batchId, warnings, temporaryPassword };
}
