import type { Activity } from "../../../contract/activity.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import type { User } from "../../../contract/user.ts";
import { actorNameSql } from "../../audit/actor-name-sql.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";
import { foldNames } from "../search/fold-names.ts";

type ActivityRecord = Omit<Activity, "at"> & { at: Date; exactAt: string; id: number };

/** Of the rows that name somebody so, so many are looked at. */
const mostRows = 500;

/**
 * Gives a page of what was done to the user, and of the rows about the user that did not end well, the latest first. Rows
 * that went well left their records in the audit.
 */
export async function listActivity(
  context: CoreContext,
  user: Pick<User, "id" | "customerId" | "userPrincipalName">,
  { limit, cursor }: Pick<PageQuery, "limit" | "cursor">,
): Promise<Page<Activity>> {
  const { sql } = context.db;
  const place = unpackCursor(cursor, ["time", "serial"]);
  const behind =
    place === null ? sql`true` : sql`(at, id) < (${place[0] ?? ""}::text::timestamptz, ${place[1] ?? 0}::bigint)`;
  const named = `%${foldNames([user.userPrincipalName]).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const records = await sql<ActivityRecord[]>`
    with failed as (
      select 'row' as kind, coalesce(batches.finished_at, batches.started_at, batches.created_at) as at,
        results.row_no::bigint as id, batches.actor_name as "actorName", batches.operation, results.state as status,
        batches.id as "batchId", results.row_no as "rowNo", null::json as before, null::json as after, results.code,
        results.message
      from (
        select batch_id, row_no from row_names
        where customer_id = ${user.customerId} and names like ${named} limit ${mostRows}
      ) found
      join row_results results using (batch_id, row_no)
      join batches on batches.id = results.batch_id
      left join rows on rows.batch_id = results.batch_id and rows.row_no = results.row_no
      where results.code is not null
        and (results.user_id = ${user.id} or lower(rows.user_principal_name) = lower(${user.userPrincipalName}))
    ), done as (
      select 'audit' as kind, at, id, ${sql.unsafe(actorNameSql)} as "actorName", operation, status, batch_id as "batchId",
        row_no as "rowNo", before, after, null as code, null as message
      from audit where user_id = ${user.id} and customer_id = ${user.customerId} and ${behind}
      order by at desc, id desc limit ${limit + 1}
    )
    select both_kinds.*, both_kinds.at::text as "exactAt", batches.no as "batchNo"
    from (select * from done union all select * from failed where ${behind}) both_kinds
    left join batches on batches.id = both_kinds."batchId"
    order by both_kinds.at desc, both_kinds.id desc limit ${limit + 1}`;
  const page = cutPage(records, limit, (last) => [last.exactAt, last.id]);
  return { ...page, items: page.items.map(activityView) };
}

function activityView({ at, exactAt: _exact, id: _id, ...activity }: ActivityRecord): Activity {
  return { ...activity, at: at.toISOString() };
}
