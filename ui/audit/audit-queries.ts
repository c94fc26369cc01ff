import { infiniteQueryOptions } from "@tanstack/react-query";
import type { AuditFilter } from "../../contract/audit.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";

/** The records of the audit that match and that the agent may read, the latest first. */
export function auditQuery(filter: AuditFilter, limit = 50) {
  return infiniteQueryOptions({
    queryKey: queryKeys.audit({ ...filter, limit }),
    queryFn: ({ pageParam, signal }) =>
      callRoute("listAudit", { query: { ...filter, limit, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}
