import type { PartnerAct } from "../../../contract/authority.ts";
import type { CustomerAct } from "../../../contract/customer-acts.ts";

/** Everything that an agent may want to do; opening temporary passwords goes by creating and resetting. */
export type Act = CustomerAct | PartnerAct | "downloadPasswords";

/** Operations that one may begin who may do any of these; what a row of it then needs is asked of each row. */
export const begunBy: Partial<Record<Act, readonly Act[]>> = {
  updateUsers: ["updateUsers", "changeSignIn", "setUsageLocation"],
};

/** Directory roles that do not guard the user who holds them: whoever may touch users without a role may touch these. */
export const openRoles: readonly string[] = [
  "directoryReaders",
  "guestInviter",
  "passwordAdmin",
  "messageCenterReader",
  "reportsReader",
  "helpdeskAdmin",
  "groupsAdmin",
  "userManagementAdmin",
];
