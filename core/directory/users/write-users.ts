import { fieldLabel, textFieldNames } from "../../../contract/fields.ts";
import { directoryRoles } from "../../../contract/permissions.ts";
import type { User } from "../../../contract/user.ts";
import type { CoreContext } from "../../context.ts";
import { csvLine } from "../../../files/csv/write-csv.ts";
import { listUsers, type UserQuery } from "./list-users.ts";

const pageUsers = 2000;

/** The filter and the order of a list of users. */
export type UserExport = Omit<UserQuery, "limit" | "cursor" | "offset" | "count">;

/**
 * Writes all users that a list shows as CSV in pieces, in its order, under the headers that an upload reads. `Muster row`
 * marks it as a file of ours, so that a guarded value comes back as it was.
 */
export async function* writeUsers(context: CoreContext, customerId: string, asked: UserExport): AsyncIterable<string> {
  const headers = [
    ...textFieldNames.map(fieldLabel),
    fieldLabel("accountEnabled"),
    fieldLabel("permission"),
    fieldLabel("licenses"),
    fieldLabel("objectId"),
    ...(asked.state === "inactive" ? ["Deleted on (UTC)"] : []),
    fieldLabel("musterRow"),
  ];
  yield `\uFEFF${csvLine(headers)}`;
  let cursor: string | undefined;
  let rowNo = 0;
  do {
    const page = await listUsers(context, customerId, { ...asked, limit: pageUsers, cursor, count: false });
    yield page.items.map((user) => csvLine([...cellsOf(user), String((rowNo += 1))])).join("");
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

function cellsOf(user: User): (string | null)[] {
  const { permission } = user;
  return [
    ...textFieldNames.map((field) => user[field]),
    user.accountEnabled ? "yes" : "no",
    permission === "user" ? "User" : permission.map((role) => directoryRoles[role].label).join("; "),
    user.licenses.map(({ name }) => name).join("; "),
    user.id,
    ...(user.deletedAt === null ? [] : [user.deletedAt]),
  ];
}
