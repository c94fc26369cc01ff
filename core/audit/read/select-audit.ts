import type { AuditFilter } from "../../../contract/audit.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { actorNameSql } from "../actor-name-sql.ts";
import type { Readable } from "../../access/authority/readable-customers.ts";

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

/** The statement for the `limit` latest records that match and lie behind `place`. */
export function selectAudit(filter: AuditFilter, readable: Readable, place: AuditPlace | null, limit: number): SqlText {
  const behind = place === null ? sql`` : sql`and (at, id) < (${place.at}::text::timestamptz, ${place.id}::bigint)`;
  return sql`select ${sql.unsafe(auditColumnsSql)} from audit where ${matching(filter, readable)} ${behind}
    order by at desc, id desc limit ${limit}`;
}

/** The statement that counts the records that match, as `total`. */
export function countAudit(filter: AuditFilter, readable: Readable): SqlText {
  return sql`select count(*)::int as total from audit where ${matching(filter, readable)}`;
}

function matching(filter: AuditFilter, readable: Readable): SqlText {
  const asked = [
    ...where(readable === "all" ? undefined : readable, (ids) => sql`customer_id = any(${ids}::uuid[])`),
    ...where(filter.customerId, (id) => sql`customer_id = ${id}`),
    ...where(filter.agentId, (id) => sql`actor_id = ${id}`),
    ...where(filter.userId, (id) => sql`user_id = ${id}`),
    ...where(filter.operation, didSql),
    ...where(filter.batchId, (id) => sql`batch_id = ${id}`),
    ...where(utc(filter.since), (since) => sql`at >= ${since}`),
    ...where(utc(filter.until), (until) => sql`at < ${until}`),
  ];
  return asked.reduce((all, condition) => sql`${all} and ${condition}`, sql`true`);
}

/** What the record of a user who is made or restored names besides the user, by the step that it took the place of. */
const namedSteps: Record<string, string> = { add_user_member: "roles", update_customer_user_licenses: "added" };

/** SQL that is true of the records that tell of the step `operation`. */
function didSql(operation: string): SqlText {
  const named = namedSteps[operation];
  const alone = sql`operation = ${operation}`;
  return named === undefined
    ? alone
    : sql`(${alone} or operation in ('create_customer_user', 'restore_customer_user') and after -> ${named} is not null)`;
}

/** The condition about a value, where it is given. */
function where<Value>(value: Value | undefined, condition: (value: Value) => SqlText): SqlText[] {
  return value === undefined ? [] : [condition(value)];
}

/** Postgres knows fewer zones than ISO 8601 can write. */
function utc(moment: string | undefined): string | undefined {
  return moment === undefined ? undefined : new Date(moment).toISOString();
}
