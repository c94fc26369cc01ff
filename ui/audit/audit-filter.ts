import type { AuditFilter } from "../../contract/audit.ts";
import { startOfDay } from "../kit/local-moment.ts";

/** The part of an address that narrows an audit; `from` and `to` are days, both of which are meant. */
export type AuditSearch = {
  customer?: string | undefined;
  agent?: string | undefined;
  operation?: string | undefined;
  user?: string | undefined;
  batch?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** What the api is asked for; a day that is none is left out. */
export function auditFilter({ customer, agent, operation, user, batch, from, to }: AuditSearch): AuditFilter {
  const asked = {
    customerId: customer,
    agentId: agent,
    operation,
    userId: user,
    batchId: batch,
    since: startOfDay(from),
    until: startOfDay(to, 1),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as AuditFilter;
}
