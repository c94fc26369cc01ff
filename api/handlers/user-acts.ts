import { batchOptionsSchema } from "../../contract/batch.ts";
import type { TargetOperation } from "../../contract/operations.ts";
import type { TargetInput } from "../../contract/user-changes.ts";
import { submitRows } from "../../core/batches/submit/submit-rows.ts";
import type { Call, SomeHandlers } from "../http/call.ts";
import { entityVersion } from "../http/entity-version.ts";
import type { Made } from "../http/idempotency.ts";
import { answerMade, answerRemoval, answerUser } from "./answer-user.ts";

type ActRoute =
  | "changeUser"
  | "deleteUser"
  | "restoreUser"
  | "resetPassword"
  | "changeUserLicenses"
  | "changeUserPermissions"
  | "removeUser";

/** Handlers of what can be done to one user, each of them a batch of one row. */
export const userActHandlers: SomeHandlers<ActRoute> = {
  async changeUser(call) {
    const { userPrincipalName, ...fields } = call.body;
    const renamed = userPrincipalName === undefined ? {} : { newUserPrincipalName: userPrincipalName };
    return await answerUser(call, await submit(call, "updateUsers", { ...fields, ...renamed }));
  },

  async deleteUser(call) {
    return await answerUser(call, await submit(call, "deleteUsers", {}));
  },

  restoreUser: {
    async act(call) {
      const { userPrincipalName } = call.body;
      const renamed = userPrincipalName === undefined ? {} : { newUserPrincipalName: userPrincipalName };
      return await submit(call, "restoreUsers", renamed);
    },
    answer: answerMade,
  },

  resetPassword: {
    act: (call) => submit(call, "resetPasswords", call.body),
    answer: answerMade,
  },

  changeUserLicenses: {
    act: (call) => submit(call, "changeLicenses", call.body),
    answer: answerMade,
  },

  async changeUserPermissions(call) {
    return await answerUser(call, await submit(call, "changePermissions", call.body));
  },

  removeUser: {
    act: (call) => submit(call, "removeUsers", call.body),
    answer: answerRemoval,
  },
};

async function submit(
  { api, req, caller, customer, params }: Pick<Call<"deleteUser">, "api" | "req" | "caller" | "customer" | "params">,
  operation: TargetOperation,
  change: TargetInput,
): Promise<Pick<Made, "id" | "queued">> {
  const { batchId, queued } = await submitRows(
    api.context,
    caller.actor,
    {
      customerId: customer.id,
      facts: customer,
      operation,
      source: "single",
      rows: [{ userId: params.userId, ...change }],
      options: batchOptionsSchema.parse({}),
      userVersion: entityVersion(req.get("if-match"), "user"),
    },
    { apply: true },
  );
  return { id: batchId, queued };
}
