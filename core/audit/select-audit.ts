import type { AuditFilter } from "../../contract/audit.ts";
import { actorNameSql } from "./actor-name-sql.ts";
import type { Readable } from "../authority/readable-customers.ts";

/** A record as it is selected; `exactAt` is `at` to the microsecond. */
export type AuditRow = {
  id: number;
  at: Date;
  exactAt: string;
  actorId: string;
  actorName: string;
  customerId: string | null;
  operation: string;
  status: string;
  batchId: string | null;
  rowNo: number | null;
  userId: string | null;
  customerName: string | null;
  userName: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

const customerName = "(select name from customers where customers.id = audit.customer_id)";
const userName = `case when user_id is not null then coalesce(
  (select display_name from users where users.id = audit.user_id), after->>'displayName', before->>'displayName') end`;

/** The columns of an `AuditRow`. */
export const auditColumnsSql = `id, at, at::text as "exactAt", actor_id as "actorId", ${actorNameSql} as "actorName",
  customer_id as "customerId", operation, status, batch_id as "batchId", row_no as "rowNo", user_id as "userId",
  ${customerName} as "customerName", ${userName} as "userName", before, after`;

/** Where a page of records ended. */
export type AuditPlace = { at: string; id: number };

type Statement = { text: string; values: unknown[] };

/** The statement for the `limit` latest records that match and lie behind `place`. */
export function selectAudit(
  filter: AuditFilter,
  readable: Readable,
  place: AuditPlace | null,
  limit: number,
): Statement {
  const { text, values } = matching(filter, readable);
  const bind = (value: unknown) => `$${values.push(value)}`;
  const behind =
    place === null ? "" : `and (at, id) < (${bind(place.at)}::text::timestamptz, ${bind(place.id)}::bigint)`;
  return {
    text: `select ${auditColumnsSql} from audit where ${text} ${behind} order by at desc, id desc limit ${bind(limit)}`,
    values,
  };
}

/** The statement that counts the records that match, as `total`. */
export function countAudit(filter: AuditFilter, readable: Readable): Statement {
  const { text, values } = matching(filter, readable);
  return { text: `select count(*)::int as total from audit where ${text}`, values };
}

function matching(filter: AuditFilter, readable: Readable): Statement {
  const parts: [condition: string, value: unknown][] = [
    ["customer_id = any(?::uuid[])", readable === "all" ? undefined : readable],
    ["customer_id = ?", filter.customerId],
    ["actor_id = ?", filter.agentId],
    ["user_id = ?", filter.userId],
    ["operation = ?", filter.operation],
    ["batch_id = ?", filter.batchId],
    ["at >= ?", utc(filter.since)],
    ["at < ?", utc(filter.until)],
  ];
  const asked = parts.filter(([, value]) => value !== undefined);
  return {
    text: ["true", ...asked.map(([condition], at) => condition.replace("?", `$${at + 1}`))].join(" and "),
    values: asked.map(([, value]) => value),
  };
}

/** Postgres knows fewer zones than ISO 8601 can write. */
function utc(moment: string | undefined): string | undefined {
  return moment === undefined ? undefined : new Date(moment).toISOString();
}
