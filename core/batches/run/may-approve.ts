import type { Hits } from "../../../contract/brakes.ts";
import type { CustomerAct } from "../../../contract/customer-acts.ts";
import type { Operation } from "../../../contract/operations.ts";
import type { Authority } from "../../access/authority/authority.ts";
import { may, type MayAnswer } from "../../access/authority/may.ts";
import { guarding } from "../../access/authority/refusals.ts";

/** Operations of which a part alone hits a user: that is what whoever approves may do. */
const decidedBy: Partial<Record<Operation, CustomerAct>> = {
  createUsers: "changeSignIn",
  updateUsers: "changeSignIn",
  undoBatch: "deleteUsers",
};

/** Operations that may give admin roles beside what they are named for. */
const givingRoles: readonly Operation[] = ["createUsers", "undoBatch"];

/** Whether whoever approves may do what the plan does, to users with admin roles as well where it touches some, or gives them. */
export function mayApprove(authority: Authority, operation: Operation, { admins }: Pick<Hits, "admins">): MayAnswer {
  const act = may(authority, decidedBy[operation] ?? operation, admins > 0 ? guarding : undefined);
  if (!act.allowed || admins === 0 || !givingRoles.includes(operation)) return act;
  return may(authority, "changePermissions", guarding);
}
