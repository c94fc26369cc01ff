import type { Found, FoundRow, FoundUser } from "../../../contract/search.ts";
import { auditColumnsSql, type AuditRow } from "../../audit/read/select-audit.ts";
import { viewRecords } from "../../audit/read/view-records.ts";
import type { Readable } from "../../access/authority/readable-customers.ts";
import type { CoreContext } from "../../context.ts";
import { searchPatterns } from "./fold-names.ts";

type Search = { q: string; patterns: string[]; readable: Readable; limit: number };

/** Of names that many people have, so many are looked at; the best of them are shown. */
const mostHits = 500;
/** Of each user that was found, so many records are looked at. */
const recordsPerUser = 20;

/**
 * Finds a person at every customer that is `readable`: users, active and deleted, by the parts of their names; rows of ended batches, those that
 * failed by what stands in them and the others by their user; and what was done to the users that were found. Names are
 * searchable a few seconds after their batch has ended, a whole username at once.
 */
export async function search(
  context: CoreContext,
  readable: Readable,
  { q, limit }: { q: string; limit: number },
): Promise<Found> {
  const wanted = { q, patterns: searchPatterns(q), readable, limit };
  const users = await findUsers(context, wanted);
  const userIds = users.map(({ userId }) => userId);
  const [rows, audit] = await Promise.all([findRows(context, wanted, userIds), findAudit(context, wanted, userIds)]);
  return { users: cut(users, limit), rows: cut(rows, limit), audit: cut(audit, limit) };
}

function cut<Item>(items: Item[], limit: number): { items: Item[]; more: boolean } {
  return { items: items.slice(0, limit), more: items.length > limit };
}

async function findUsers(context: CoreContext, { q, patterns, readable, limit }: Search): Promise<FoundUser[]> {
  const { sql } = context.db;
  const found = await sql<Omit<FoundUser, "links">[]>`
    with hit as materialized (
      (select user_id, false as exact from user_names
        where ${matching(context, patterns)} ${among(context, readable)} limit ${mostHits})
      union all
      select id, true from users where lower(user_principal_name) = lower(${q}) and deleted_at is null
      union all
      select id, true from users where lower(user_principal_name) = lower(${q}) and deleted_at is not null
    ), best as (
      select user_id, bool_or(exact) as exact from hit group by user_id
    )
    select users.id as "userId", json_build_object('id', customers.id, 'name', customers.name) as customer,
      users.user_principal_name as "userPrincipalName", users.display_name as "displayName",
      case when users.deleted_at is null then 'active' else 'inactive' end as state
    from best join users on users.id = best.user_id join customers on customers.id = users.customer_id
    where true ${among(context, readable)}
    order by exact desc, users.deleted_at is not null, users.display_name, users.id limit ${limit + 1}`;
  return found.map((user) => ({
    ...user,
    links: { self: `/v1/customers/${user.customer.id}/users/${user.userId}` },
  }));
}

async function findRows(
  context: CoreContext,
  { patterns, readable, limit }: Search,
  userIds: readonly string[],
): Promise<FoundRow[]> {
  const { sql } = context.db;
  const found = await sql<Omit<FoundRow, "links">[]>`
    with hit as materialized (
      (select batch_id, row_no from row_names
        where ${matching(context, patterns)} ${among(context, readable)} limit ${mostHits})
      union
      select record.batch_id, record.row_no from unnest(${userIds}::uuid[]) found (id)
      cross join lateral (
        select batch_id, row_no from audit where user_id = found.id and row_no is not null order by at desc
        limit ${recordsPerUser}) record
    )
    select results.batch_id as "batchId", batches.no as "batchNo", results.row_no as "rowNo",
      json_build_object('id', customers.id, 'name', customers.name) as customer, users.id as "userId",
      coalesce(rows.user_principal_name, users.user_principal_name) as "userPrincipalName",
      coalesce(rows.display_name, users.display_name) as "displayName", results.plan, results.state, results.code
    from hit join row_results results using (batch_id, row_no) join batches on batches.id = hit.batch_id
      join customers on customers.id = batches.customer_id
      left join rows on rows.batch_id = hit.batch_id and rows.row_no = hit.row_no
      left join users on users.id = results.user_id
    where true ${among(context, readable, "batches.")}
    order by batches.no desc, results.row_no limit ${limit + 1}`;
  return found.map((row) => ({ ...row, links: { batch: `/v1/batches/${row.batchId}` } }));
}

async function findAudit(context: CoreContext, { readable, limit }: Search, userIds: readonly string[]) {
  const { sql } = context.db;
  const found = await sql<AuditRow[]>`
    select record.* from unnest(${userIds}::uuid[]) found (id)
    cross join lateral (
      select ${sql.unsafe(auditColumnsSql)} from audit where user_id = found.id ${among(context, readable)}
      order by at desc, id desc limit ${limit + 1}) record
    order by record.at desc, record.id desc limit ${limit + 1}`;
  return await viewRecords(context.db, found);
}

/** Nothing matches where there is nothing to look for. */
function matching({ db: { sql } }: CoreContext, patterns: readonly string[]) {
  return patterns.reduce((all, pattern) => sql`${all} and names like ${pattern}`, sql`${patterns.length > 0}`);
}

function among({ db: { sql } }: CoreContext, readable: Readable, table: "" | "batches." = "") {
  return readable === "all" ? sql`` : sql`and ${sql.unsafe(table)}customer_id = any(${[...readable]}::uuid[])`;
}
