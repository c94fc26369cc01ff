import type { GdapRole } from "../../contract/authority.ts";
import type { RouteInput } from "../../contract/client.ts";
import type { CustomerChoice } from "../customers/CustomersField.tsx";

/** Who is to hold a grant. */
export type GrantHolder = { kind: "agent" | "group"; id: string; name: string };

/** What stands in the form for a new grant. */
export type GrantDraft = {
  holder: GrantHolder | null;
  customer: CustomerChoice | null;
  role: GdapRole | null;
  days: number;
};

export const emptyGrant: GrantDraft = { holder: null, customer: null, role: null, days: 365 };

/** A draft in which nothing is missing. */
export type WholeGrant = { [Key in keyof GrantDraft]: NonNullable<GrantDraft[Key]> };

/** Whether nothing is missing. */
export function isWhole(draft: GrantDraft): draft is WholeGrant {
  return draft.holder !== null && draft.customer !== null && draft.role !== null;
}

/** The request for what stands in the form. */
export function grantBody({ holder, role, days }: WholeGrant): RouteInput<"createGrant", never>["body"] {
  return { ...(holder.kind === "agent" ? { agentId: holder.id } : { groupId: holder.id }), role, days };
}
