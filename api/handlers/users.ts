import { batchOptionsSchema } from "../../contract/batch.ts";
import { submitRows } from "../../core/batches/submit/submit-rows.ts";
import { listUsers } from "../../core/directory/users/list-users.ts";
import { getUser } from "../../core/directory/users/read-users.ts";
import { writeUsers } from "../../core/directory/users/write-users.ts";
import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";
import { answerMade } from "./answer-user.ts";

/** Handlers of users: lists, one user, and the create that is a batch of one row. */
export const userHandlers: SomeHandlers<"listUsers" | "exportUsers" | "createUser" | "getUser"> = {
  async listUsers({ api, customer, query }) {
    return { status: 200, body: await listUsers(api.context, customer.id, query) };
  },

  async exportUsers({ api, customer, query }) {
    return { status: 200, csv: writeUsers(api.context, customer.id, query), fileName: "users.csv" };
  },

  createUser: {
    async act({ api, caller, customer, body }) {
      const { onExisting, onDeleted, ...user } = body;
      const { batchId, queued } = await submitRows(
        api.context,
        caller.actor,
        {
          customerId: customer.id,
          facts: customer,
          operation: "createUsers",
          source: "single",
          rows: [user],
          options: batchOptionsSchema.parse({ onExisting, onDeleted }),
        },
        { apply: true },
      );
      return { id: batchId, queued };
    },

    answer: answerMade,
  },

  async getUser({ api, customer, params }) {
    const user = await getUser(api.context, customer.id, params.userId);
    if (user === null) throw missing();
    return { status: 200, body: user, headers: { ETag: `"${user.version}"` } };
  },
};
