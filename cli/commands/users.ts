import type { RouteAnswer } from "../../contract/client.ts";
import type { User } from "../../contract/user.ts";
import { command, type Flag, type CommandResult } from "../command.ts";
import { exitCodes, wrongUsage } from "../exit-codes.ts";
import { fieldFlags, givenFields } from "../field-flags.ts";
import { customerOf, findUser } from "../find-user.ts";
import { readLimit } from "../read-values.ts";
import { table } from "../table.ts";

const userOperand = { name: "USER", about: "the username or the id" };
const customerFlag = {
  customer: { takes: "WHO", about: "the customer, where the domain of the username does not say it" },
} as const satisfies Record<string, Flag>;

/** The server answers when it is done, or after these seconds with the batch that it is. */
const waitForEnd = { prefer: "wait=10" };

/** All that is done to single users. */
export const userCommands = [
  command({
    words: "users list",
    summary: "lists the users of a customer",
    operands: [],
    flags: {
      ...customerFlag,
      search: { takes: "TEXT", about: "with this in name or username" },
      deleted: { about: "those who are deleted and can be restored" },
      limit: { takes: "N", about: "as many at the most, 1 to 500; 20 unless told" },
    },
    async run({ client, flags }) {
      const { id } = await customerOf(client, "", flags.customer);
      const query = {
        state: flags.deleted ? "inactive" : "active",
        limit: readLimit(flags.limit),
        q: flags.search,
      } as const;
      const page = await client.call("listUsers", { params: { customerId: id }, query });
      return { lines: table(["Username", "Display name", "Licenses", "Id"], page.items.map(cells)), result: page };
    },
  }),
  command({
    words: "users get",
    summary: "tells all that is known of a user",
    operands: [userOperand],
    flags: customerFlag,
    async run(asked) {
      const user = await findUser(asked);
      return { lines: describeUser(user), result: user };
    },
  }),
  command({
    words: "users create",
    summary: "creates a user, and tells the temporary password",
    operands: [{ name: "USERNAME", about: "with the domain" }],
    flags: {
      ...customerFlag,
      ...fieldFlags,
      licenses: { takes: "LIST", about: "such as SPE_E3,POWER_BI_PRO" },
      permission: { takes: "TEXT", about: "User, Global admin or custom roles; User unless told" },
    },
    async run({ client, operands: [userPrincipalName = ""], flags }) {
      const { id } = await customerOf(client, userPrincipalName, flags.customer);
      const fields = Object.entries(givenFields(flags)).filter(([, value]) => value !== null);
      const licenses = flags.licenses?.split(/[;,+]/).filter(Boolean);
      const body = {
        userPrincipalName,
        ...Object.fromEntries(fields),
        ...(licenses !== undefined && { licenses: licenses.map((sku) => ({ sku })) }),
        ...(flags.permission !== undefined && { permission: flags.permission }),
      };
      return tell(
        await client.call("createUser", { params: { customerId: id }, headers: waitForEnd, body }),
        "created",
      );
    },
  }),
  command({
    words: "users edit",
    summary: "changes fields of a user; what is given empty is emptied",
    operands: [userOperand],
    flags: { ...customerFlag, ...fieldFlags, username: { takes: "NAME", about: "the new username" } },
    async run(asked) {
      const { client, flags } = asked;
      const body = {
        ...givenFields(flags),
        ...(flags.username !== undefined && { userPrincipalName: flags.username }),
      };
      if (Object.keys(body).length === 0)
        throw wrongUsage("Name at least one field to change, such as --display-name.");
      const params = idsOf(await findUser(asked));
      return tell(await client.call("changeUser", { params, headers: waitForEnd, body: body as object }), "changed");
    },
  }),
  ...(["block", "unblock"] as const).map((act) =>
    command({
      words: `users ${act}`,
      summary: act === "block" ? "blocks the sign-in of a user" : "lets a blocked user sign in again",
      operands: [userOperand],
      flags: customerFlag,
      async run(asked) {
        const params = idsOf(await findUser(asked));
        const body = { accountEnabled: act === "unblock" };
        return tell(await asked.client.call("changeUser", { params, headers: waitForEnd, body }), `${act}ed`);
      },
    }),
  ),
  command({
    words: "users delete",
    summary: "deletes a user, who can be restored for some days",
    operands: [userOperand],
    flags: customerFlag,
    async run(asked) {
      const params = idsOf(await findUser(asked));
      return tell(await asked.client.call("deleteUser", { params, headers: waitForEnd }), "deleted");
    },
  }),
  command({
    words: "users restore",
    summary: "restores a deleted user",
    operands: [userOperand],
    flags: {
      ...customerFlag,
      username: { takes: "NAME", about: "the new username, where the former is in use again" },
    },
    async run(asked) {
      const { client, flags } = asked;
      const user = await findUser(asked, "inactive");
      const body = flags.username === undefined ? {} : { userPrincipalName: flags.username };
      return tell(await client.call("restoreUser", { params: idsOf(user), headers: waitForEnd, body }), "restored");
    },
  }),
  command({
    words: "users reset",
    summary: "gives a user a new temporary password, and tells it",
    operands: [userOperand],
    flags: customerFlag,
    async run(asked) {
      const params = idsOf(await findUser(asked));
      return tell(await asked.client.call("resetPassword", { params, headers: waitForEnd, body: {} }), "reset");
    },
  }),
];

function idsOf({ customerId, id }: User) {
  return { customerId, userId: id };
}

/** What the answer to a request for one user says: the user, or the batch that goes on with it. */
function tell(answer: RouteAnswer<"createUser">, done: string): CommandResult {
  if ("operation" in answer) {
    return { lines: [`It takes longer than usual; to stay with it: batches wait ${answer.no}`], result: answer };
  }
  const { userPrincipalName, temporaryPassword, warnings = [] } = answer;
  return {
    lines: [
      `${userPrincipalName} is ${done}.`,
      ...(temporaryPassword === undefined ? [] : [`The temporary password is ${temporaryPassword}`]),
      ...warnings.map(({ code, message }) => `${message} (${code})`),
    ],
    result: answer,
    exitCode: warnings.length === 0 ? exitCodes.done : exitCodes.rowsFailed,
  };
}

function describeUser(user: User): string[] {
  const shown = Object.entries(user).flatMap(([name, value]) =>
    value === null || typeof value === "object" || name === "permission" ? [] : [[name, String(value)]],
  );
  const licenses = user.licenses.map(({ skuPartNumber }) => skuPartNumber).join(", ");
  const permission = typeof user.permission === "string" ? user.permission : user.permission.join(", ");
  return table(["Field", "Value"], [...shown, ["permission", permission], ["licenses", licenses]]);
}

function cells({ userPrincipalName, displayName, licenses, id }: User): string[] {
  return [userPrincipalName, displayName, licenses.map(({ skuPartNumber }) => skuPartNumber).join(", "), id];
}
