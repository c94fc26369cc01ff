import type { GdapRole } from "../../../contract/authority.ts";
import { type CustomerAct, customerActs } from "../../../contract/customer-acts.ts";
import { may } from "./may.ts";

const targets = [{ roles: [] }, { roles: ["(any role that is not open)"] }];

/** Whether who holds `held` at a customer may do there all that `role` lets an Admin agent do. */
export function covers(held: readonly GdapRole[], role: GdapRole): boolean {
  return customerActs.every((act) =>
    targets.every((target) => !allows([role], act, target) || allows(held, act, target)),
  );
}

function allows(roles: readonly GdapRole[], act: CustomerAct, target: { roles: string[] }): boolean {
  const at = { customerId: "", name: "", roles };
  return may({ kind: "agent", agentId: "", keyId: null, partnerRole: "adminAgent", key: null, at }, act, target)
    .allowed;
}
