import type { CauseCode } from "../../contract/codes.ts";
import { causeCodes } from "../../contract/codes.ts";
import type { Product } from "../../contract/customer.ts";
import { RequestFailed } from "../../contract/request-failed.ts";
import type { User, UserInput } from "../../contract/user.ts";
import { callRoute } from "../client/call-route.ts";
import { licenseChange } from "./license-changes.ts";
import { byOnDeleted, newHoldings, type NewPerson, type RunningBatch, userInputOf } from "./new-users.ts";
import { placedRefusal, type FormRefusal } from "./user-form.ts";
import { waitForEnd } from "./wait-for-end.ts";

/** One user who was just made, or restored, with the temporary password of that answer. */
export type MadeUser = {
  user: User;
  batchId: string;
  warnings: { code: string; message: string }[];
  temporaryPassword: string | null;
};

/** What became of the users of a form: one is there, several are on their way in batches, or the server refused the one. */
export type MadeUsers =
  | { kind: "one"; made: MadeUser }
  | { kind: "running"; running: RunningBatch[] }
  | { kind: "refused"; refusal: FormRefusal };

/**
 * Makes the users of a form: one by a request of its own, which waits for the password, several by a batch; those who are
 * to be restored have a batch of theirs, because that is said of a whole one. A repeat under the same `key` makes nobody
 * twice.
 * @throws RequestFailed where the request was not taken, or no answer came
 */
export async function makeUsers(
  customerId: string,
  people: NewPerson[],
  products: Product[],
  key: string,
): Promise<MadeUsers> {
  const [only] = people;
  if (people.length === 1 && only !== undefined) return await makeOne(customerId, only, inputOf(only, products), key);
  const running: RunningBatch[] = [];
  for (const { onDeleted, people: group } of byOnDeleted(people)) {
    const batch = await callRoute("createBatch", {
      params: { customerId },
      body: {
        operation: "createUsers",
        rows: group.map((person) => inputOf(person, products)),
        options: { onDeleted },
      },
      headers: { ...waitForEnd, "idempotency-key": `${key}-${onDeleted}` },
    });
    running.push({ batchId: batch.id, keys: group.map((person) => person.key) });
  }
  return { kind: "running", running };
}

function inputOf(person: NewPerson, products: Product[]): UserInput {
  return userInputOf(person, licenseChange(products, newHoldings, person.licenses)?.add);
}

async function makeOne(customerId: string, person: NewPerson, input: UserInput, key: string): Promise<MadeUsers> {
  try {
    const answer = await callRoute("createUser", {
      params: { customerId },
      body: { ...input, onDeleted: person.onDeleted },
      headers: { ...waitForEnd, "idempotency-key": key },
    });
    if (!("userPrincipalName" in answer)) {
      return { kind: "running", running: [{ batchId: answer.id, keys: [person.key] }] };
    }
    const { batchId = "", warnings = [], temporaryPassword = null, ...user } = answer;
    return { kind: "one", made: { user, batchId, warnings, temporaryPassword } };
  } catch (error) {
    const refusal = formRefusalOf(error);
    if (refusal === null) throw error;
    return { kind: "refused", refusal };
  }
}

/** What a refusal says of the form; null where it is about something else, such as a session that is over. */
export function formRefusalOf(error: unknown): FormRefusal | null {
  if (!(error instanceof RequestFailed) || !causeCodes.includes(error.problem.code as CauseCode)) return null;
  const { code, detail, errors = [] } = error.problem;
  return placedRefusal({ field: errors[0]?.column ?? null, code, message: detail });
}

/** Whether the answer to a request did not come, so that nobody knows what became of it. */
export function isUnanswered(error: unknown): boolean {
  return !(error instanceof RequestFailed) || error.problem.code === "unreachable" || error.problem.status >= 500;
}
