import { batchOptionsSchema } from "../../contract/batch.ts";
import { submitRows } from "../../core/submit/submit-rows.ts";
import { listUsers } from "../../core/users/list-users.ts";
import { getUser } from "../../core/users/read-users.ts";
import { writeUsers } from "../../core/users/write-users.ts";
import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";
import { answerMade } from "./answer-user.ts";

/** Handlers of users: lists, one user, and the create that is a batch of one row. */
export const userHandlers: SomeHandlers<"listUsers" | "exportUsers" | "createUser" | "getUser"> = {
  async listUsers({ door, customer, query }) {
    return { status: 200, body: await listUsers(door.context, customer.id, query) };
  },

  async exportUsers({ door, customer, query }) {
    return { status: 200, csv: writeUsers(door.context, customer.id, query), fileName: "users.csv" };
  },

  createUser: {
    async act({ door, caller, customer, body }) {
      const { onExisting, onDeleted, ...user } = body;
      const { batchId } = await submitRows(
        door.context,
        caller.actor,
        {
          customerId: customer.id,
          operation: "createUsers",
          source: "single",
          rows: [user],
          options: batchOptionsSchema.parse({ onExisting, onDeleted }),
        },
        { apply: true },
      );
      return { id: batchId };
    },

    answer: answerMade,
  },

  async getUser({ door, customer, params }) {
    const user = await getUser(door.context, customer.id, params.userId);
    if (user === null) throw missing();
    return { status: 200, body: user, headers: { ETag: `"${user.version}"` } };
  },
};
