import type { Batch } from "../../contract/batch.ts";
import type { User } from "../../contract/user.ts";
import { callRoute } from "../client/call-route.ts";
import { formRefusalOf } from "./make-users.ts";
import type { EditRequests } from "./user-edits.ts";
import type { FormRefusal } from "./user-form.ts";
import { waitForEnd } from "./wait-for-end.ts";

/** How the changes of a user ended. `user` is how the user stands by then, where that is known. */
export type SavedEdits =
  | { kind: "saved"; user: User }
  | { kind: "underWay"; batchId: string }
  | { kind: "refused"; refusal: FormRefusal; user: User };

/**
 * Carries out the changes of one user: fields, then licenses, which may need the new location, then the permission. It
 * ends at the first that is refused; those before it are done.
 * @throws RequestFailed where a request was not taken, or no answer came
 */
export async function saveEdits(user: User, requests: EditRequests): Promise<SavedEdits> {
  const { fields, licenses, permission } = requests;
  const params = { customerId: user.customerId, userId: user.id };
  const acts: ((now: User) => Promise<(User & object) | Batch>)[] = [
    ...(fields === null
      ? []
      : [(now: User) => callRoute("changeUser", { params, body: fields, headers: headersOf(now) })]),
    ...(licenses === null
      ? []
      : [(now: User) => callRoute("changeUserLicenses", { params, body: licenses, headers: headersOf(now) })]),
    ...(permission === null
      ? []
      : [(now: User) => callRoute("changeUserPermissions", { params, body: { permission }, headers: headersOf(now) })]),
  ];
  let now = user;
  for (const act of acts) {
    try {
      const answer = await act(now);
      if (!("userPrincipalName" in answer)) return { kind: "underWay", batchId: answer.id };
      now = answer;
    } catch (error) {
      const refusal = formRefusalOf(error);
      if (refusal === null) throw error;
      return { kind: "refused", refusal, user: now };
    }
  }
  return { kind: "saved", user: now };
}

function headersOf({ version }: User): Record<string, string> {
  return { ...waitForEnd, "if-match": `"${version}"` };
}
