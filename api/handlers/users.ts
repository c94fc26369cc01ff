import { batchOptionsSchema } from "../../contract/batch.ts";
import { Problem } from "../../contract/problem.ts";
import { listRows } from "../../core/batches/list-rows.ts";
import type { CoreContext } from "../../core/context.ts";
import { submitRows } from "../../core/submit/submit-rows.ts";
import { getUser, listUsers } from "../../core/users/read-users.ts";
import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";
import { requireMay } from "../http/require-may.ts";
import { answerBatch, preferenceApplied, waitForOutcome } from "./answer-batch.ts";

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
      const { context } = door;
      if (!(await waitForOutcome(door, id, waitSeconds))) {
        return answerBatch({ door, waitSeconds: 0 }, id, { done: 200, underWay: 202 });
      }
      const { created, userId, warnings } = await outcomeOf(context, id);
      const user = await getUser(context, customer.id, userId);
      if (user === null) throw missing();
      return {
        status: created ? 201 : 200,
        body: { ...user, batchId: id, ...(warnings.length === 0 ? {} : { warnings }) },
        headers: {
          Location: `/v1/customers/${customer.id}/users/${userId}`,
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

/** How the one row of a single request ended; a row that failed is the problem that it failed with. */
async function outcomeOf(
  context: CoreContext,
  batchId: string,
): Promise<{ created: boolean; userId: string; warnings: { code: string; message: string }[] }> {
  const row = (await listRows(context, batchId, { limit: 1, count: false })).items[0];
  if (row === undefined) throw missing();
  const message = row.message ?? "";
  if (row.code !== null && (row.state === "failed" || row.userId === null)) {
    const errors = row.field === null ? [] : [{ row: 1, column: row.column ?? row.field, message }];
    throw new Problem(row.code, message, { batchId, errors });
  }
  if (row.userId === null)
    throw new Problem("batch_state", "The request was cancelled before it was done", { batchId });
  return {
    created: row.state !== "unchanged" && row.plan === "create",
    userId: row.userId,
    warnings: row.code === null ? [] : [{ code: row.code, message }],
  };
}
