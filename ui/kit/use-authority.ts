import { queryOptions, useQuery } from "@tanstack/react-query";
import { partnerRoles } from "../../contract/authority.ts";
import type { CustomerAct } from "../../contract/customer-acts.ts";
import { callRoute } from "../client/call-route.ts";
import { meQuery } from "../client/me-query.ts";
import { queryKeys } from "../client/query-keys.ts";
import { texts } from "./texts.ts";

/** What the agent may do at a customer. */
export function authorityQuery(customerId: string) {
  return queryOptions({
    queryKey: queryKeys.authority(customerId),
    queryFn: ({ signal }) => callRoute("getAuthority", { params: { customerId }, signal }),
    // Grants change seldom, and the server asks again at each act.
    staleTime: 60_000,
  });
}

/**
 * What the agent may do at a customer: `reason(act)` is null where it may be done, else one sentence that names the missing
 * role, for a button to be greyed with. While nothing is known yet, nothing is greyed.
 */
export function useAuthority(customerId: string): { reason: (act: CustomerAct) => string | null; known: boolean } {
  const authority = useQuery(authorityQuery(customerId));
  return {
    known: authority.data !== undefined,
    reason: (act) => {
      const missing = authority.data?.missing[act] ?? null;
      return missing === null ? null : texts.authority.needs(missing);
    },
  };
}

/** Why the agent may not change the partner's own records (customers, products, agents, grants); null where that is allowed. */
export function usePartnerReason(): string | null {
  const me = useQuery(meQuery);
  const role = me.data?.partnerRole ?? null;
  return role === null || role === "adminAgent" ? null : texts.authority.needs(partnerRoles.adminAgent.label);
}
