import type { GdapRole, KeyAuthority, PartnerRole } from "../../contract/authority.ts";
import type { RouteInput } from "../../contract/client.ts";
import type { CustomerChoice } from "../customers/CustomersField.tsx";

/** What stands in the form for a new API key; an empty partner role is the agent's own. */
export type KeyDraft = {
  name: string;
  days: number;
  narrowed: boolean;
  partnerRole: PartnerRole | "";
  roles: GdapRole[];
  customers: CustomerChoice[];
};

export const emptyKey: KeyDraft = { name: "", days: 90, narrowed: false, partnerRole: "", roles: [], customers: [] };

/** The request for what stands in the form: what nobody chose narrows nothing. */
export function newKeyBody({ name, days, narrowed, ...part }: KeyDraft): RouteInput<"createApiKey", never>["body"] {
  const authority: KeyAuthority = {
    ...(part.partnerRole !== "" && { partnerRole: part.partnerRole }),
    ...(part.roles.length > 0 && { roles: part.roles }),
    ...(part.customers.length > 0 && { customerIds: part.customers.map(({ id }) => id) }),
  };
  const narrows = narrowed && Object.keys(authority).length > 0;
  return { name: name.trim(), expiresInDays: days, ...(narrows && { authority }) };
}
