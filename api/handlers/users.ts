import { batchOptionsSchema } from "../../contract/batch.ts";
import { Problem } from "../../contract/problem.ts";
import type { User } from "../../contract/user.ts";
import { waitFor } from "../../core/batches/wait-for-batch.ts";
import { submitRows } from "../../core/submit/submit-rows.ts";
import { readOutcome, type SingleOutcome } from "../../core/users/read-outcome.ts";
import { getUser, listUsers } from "../../core/users/read-users.ts";
import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";
import { requireMay } from "../http/require-may.ts";
import { answerBatch, preferenceApplied } from "./answer-batch.ts";

/** Handlers of users: lists, one user, and the create that is a batch of one row. */
export const userHandlers: SomeHandlers<"listUsers" | "createUser" | "getUser"> = {
  async listUsers({ door, customer, query }) {
    return { status: 200, body: await listUsers(door.context, customer.id, query) };
  },

  createUser: {
    async act({ door, caller, customer, body }) {
      requireMay(caller.actor, "createUsers", customer.id);
      const { batchId } = await submitRows(
        door.context,
        caller.actor,
        {
          customerId: customer.id,
          operation: "createUsers",
          source: "single",
          rows: [body],
          options: batchOptionsSchema.parse({}),
        },
        { apply: true },
      );
      return { id: batchId };
    },

    async answer(call, { id }) {
      const { door, waitSeconds, customer } = call;
      const { context, watch } = door;
      const outcome =
        waitSeconds > 0 ? await waitFor(watch, id, waitSeconds * 1000, () => readOutcome(context, id)) : undefined;
      if (outcome === undefined) {
        return answerBatch({ door, waitSeconds: 0 }, id, { done: 200, underWay: 202 });
      }
      const { user, warnings } = requireUser(outcome, id);
      return {
        status: outcome.plan === "create" && outcome.state !== "unchanged" ? 201 : 200,
        body: { ...user, batchId: id, ...(warnings.length === 0 ? {} : { warnings }) },
        headers: {
          Location: `/v1/customers/${customer.id}/users/${user.id}`,
          ...preferenceApplied(waitSeconds),
        },
      };
    },
  },

  async getUser({ door, customer, params }) {
    const user = await getUser(door.context, customer.id, params.userId);
    if (user === null) throw missing();
    return { status: 200, body: user };
  },
};

/** The user that a single request was about; a row that failed is the problem that it failed with. */
function requireUser(
  { user, state, code, field, message }: SingleOutcome,
  batchId: string,
): { user: User; warnings: { code: string; message: string }[] } {
  const said = message ?? "";
  if (code !== null && (state === "failed" || user === null)) {
    const errors = field === null ? [] : [{ row: 1, column: field, message: said }];
    throw new Problem(code, said, { batchId, errors });
  }
  if (user === null) throw new Problem("batch_state", "The request was cancelled before it was done", { batchId });
  return { user, warnings: code === null ? [] : [{ code, message: said }] };
}
