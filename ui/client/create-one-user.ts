import type { User, UserInput } from "../../contract/user.ts";
import { callRoute } from "./call-route.ts";
import { problemOf } from "./request-failed.ts";

const waitSeconds = 10;

/** How the request for one user ended; `underWay` where it takes longer than ten seconds. */
export type MadeUser =
  | { kind: "underWay"; batchId: string }
  | {
      kind: "made";
      user: User;
      batchId: string | undefined;
      warnings: { code: string; message: string }[];
      /** null where there is none, or none any more. */
      temporaryPassword: string | null;
    };

/**
 * Creates one user and fetches its temporary password.
 * @throws RequestFailed with the cause where the user was not made
 */
export async function createOneUser(customerId: string, body: UserInput): Promise<MadeUser> {
  const answer = await callRoute("createUser", {
    params: { customerId },
    body,
    headers: { prefer: `wait=${waitSeconds}` },
  });
  if (!("userPrincipalName" in answer)) return { kind: "underWay", batchId: answer.id };
  const { batchId, warnings = [], ...user } = answer;
  const temporaryPassword = batchId === undefined ? null : await readPassword(batchId, user.userPrincipalName);
  return { kind: "made", user, batchId, warnings, temporaryPassword };
}

async function readPassword(batchId: string, upn: string): Promise<string | null> {
  try {
    const csv = await callRoute("downloadPasswords", { params: { batchId } });
    const line = csv.split("\r\n").find((one, at) => at > 0 && one.toLowerCase().startsWith(upn.toLowerCase()));
    return line === undefined ? null : (cellsOf(line)[2] ?? null);
  } catch (error) {
    if (problemOf(error).code === "passwords_expired") return null;
    throw error;
  }
}

/** The cells of one CSV line, quoted or not. */
function cellsOf(line: string): string[] {
  return Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) =>
    quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'),
  );
}
