import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { WantedState } from "./wanted-states.ts";
import { inputColumns } from "../work-rows/input-columns.ts";

const input = inputColumns("input");

/**
 * SQL that joins to a row `input` its user of the customer as `users`: the one with its object ID, or else with its
 * name. Of an active and a deleted user with that name it is the one that the operation is about; of several deleted ones
 * the last deleted.
 */
export function findUserSql(of: WantedState["of"], customerId: string): SqlText {
  return sql`
  left join lateral (
    select id from users
    where ${input.objectId} is null and lower(user_principal_name) = lower(${input.userPrincipalName})
      and customer_id = ${customerId} and deleted_at is null
    offset 0 -- one index probe a row: a hash join would read the whole directory for a small batch
  ) active on true
  left join lateral (
    select id from users
    where ${input.objectId} is null and ${of === "deleted" ? sql`true` : sql`active.id is null`}
      and lower(user_principal_name) = lower(${input.userPrincipalName})
      and customer_id = ${customerId} and deleted_at is not null
    order by deleted_at desc limit 1
  ) deleted on true
  left join lateral (
    select * from users
    where id = coalesce(${input.objectId}, ${of === "deleted" ? sql`deleted.id, active.id` : sql`active.id, deleted.id`})
      and customer_id = ${customerId}
    offset 0
  ) users on true`;
}
