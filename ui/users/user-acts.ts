import type { CustomerAct } from "../../contract/customer-acts.ts";
import type { Selection } from "../../contract/user-changes.ts";
import type { User } from "../../contract/user.ts";
import type { ListSelection } from "../kit/selection.ts";
import type { UserListFilter } from "./user-queries.ts";

/** What can be done to selected users, one or many, each as a batch of its operation; `act` is what the agent must be allowed. */
export const userActs = {
  deleteUsers: { request: { operation: "deleteUsers" }, act: "deleteUsers" },
  resetPasswords: { request: { operation: "resetPasswords" }, act: "resetPasswords" },
  blockSignIn: { request: { operation: "updateUsers", change: { accountEnabled: false } }, act: "changeSignIn" },
  allowSignIn: { request: { operation: "updateUsers", change: { accountEnabled: true } }, act: "changeSignIn" },
} as const satisfies Record<string, { request: object; act: CustomerAct }>;

export type UserAct = keyof typeof userActs;

/** The selected users as the api takes them: by id, or all that the list's filter finds. */
export function selectOf(selection: ListSelection<User>, { sort: _sort, ...filter }: UserListFilter): Selection {
  if (selection.kind === "some") return { userIds: [...selection.items.keys()] };
  const { license, department, usageLocation, permission, ...rest } = filter;
  return {
    filter: {
      ...rest,
      ...(license !== undefined && { license: [license] }),
      ...(department !== undefined && { department: [department] }),
      ...(usageLocation !== undefined && { usageLocation: [usageLocation] }),
      ...(permission !== undefined && { permission: [permission] }),
    },
  };
}
