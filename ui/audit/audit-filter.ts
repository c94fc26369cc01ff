import type { AuditFilter } from "../../contract/audit.ts";

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
    since: startOf(from, 0),
    until: startOf(to, 1),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as AuditFilter;
}

/** The moment at which the day that comes `later` days after `day` begins where the agent is. */
function startOf(day: string | undefined, later: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? "") ?? [];
  if (year === undefined) return undefined;
  const start = new Date(Number(year), Number(month) - 1, Number(date) + later);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}
