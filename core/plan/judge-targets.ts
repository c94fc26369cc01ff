import type { TargetOperation } from "../../contract/operations.ts";
import type { Tx } from "../../db/in-transaction.ts";
import { batchInputsSql } from "../inputs/input-rows.ts";
import { prohibitedLocations } from "../catalog/license-rules.ts";
import { takenSql, wantedNames, wantedStates, type WantedState } from "../operations/wanted-states.ts";

type Batch = { id: string; customerId: string };

/**
 * Writes the plan of every row of a batch about users who are there already into `row_results`: finds the user of each by id
 * or name, and compares. One statement, whatever the number of rows. Rows planned invalid or conflict are `failed` from here
 * on. With `again`, only the rows in `input_rows` are planned, over their earlier plan.
 *
 * Causes: user_unknown, user_deleted, user_active, restore_expired, confirmation_wrong, upn_taken, usage_location_missing,
 * prohibited_in_location, duplicate_in_file.
 */
export async function judgeTargets(
  tx: Tx,
  batch: Batch,
  operation: TargetOperation,
  { restorableSince, now, again }: { restorableSince: Date; now: Date; again: boolean },
): Promise<void> {
  const sql = judgeSql(again ? "input_rows" : batchInputsSql, operation, wantedStates[operation]);
  await tx.rows(again ? `${sql} ${overwriteSql}` : sql, [batch.id, batch.customerId, restorableSince, now]);
}

const who = `'"' || left(who, 80) || '"'`;

const missesLocationSql = `users.usage_location is null and exists (
  select from unnest(input.sku_ids) asked where asked not in (
    select sku_id from license_assignments held where held.user_id = users.id))`;

const licensedSql = "exists (select from license_assignments held where held.user_id = users.id)";
const prohibitedSql = `input.usage_location in (${prohibitedLocations.map((code) => `'${code}'`).join(", ")})`;

const confirmsSql = `(lower(input.display_name) in (lower(users.display_name), lower(users.user_principal_name))
  or lower(input.display_name) = (select lower(name) from customers where id = $2))`;

/** What else refuses a row, by operation, once its user is found and in the state that the operation is about. */
const refusals: Record<TargetOperation, string> = {
  updateUsers: `when ${takenSql(wantedNames.updateUsers)} then 'upn_taken'
    when 'usage_location' = any(input.cleared) and ${licensedSql} then 'usage_location_missing'
    when ${prohibitedSql} and ${licensedSql} then 'prohibited_in_location'`,
  changePermissions: "",
  changeLicenses: `when ${missesLocationSql} then 'usage_location_missing'`,
  resetPasswords: "",
  deleteUsers: "",
  restoreUsers: `when users.deleted_at <= $3 then 'restore_expired'
    when ${takenSql(wantedNames.restoreUsers)} then 'upn_taken'`,
  removeUsers: `when not ${confirmsSql} then 'confirmation_wrong'`,
};

/** Where the user is gone for good, the audit still tells that it was this operation that was asked for before. */
const removedSql = `exists (select from audit
  where audit.user_id = input.object_id and audit.customer_id = $2 and audit.operation = 'remove_customer_user')`;

function wantedNameSql(operation: TargetOperation): string {
  return operation === "updateUsers" || operation === "restoreUsers" ? wantedNames[operation] : "null";
}

const bothStates = { active: "is not null", deleted: "is null" } as const;

const judgeSql = (inputs: string, operation: TargetOperation, { of, plan, same }: WantedState) => `
with judged as materialized (
  select input.row_no, input.code, input.field, input.message, users.id as user_id, users.version, input.object_id, input.usage_location,
    lower(${wantedNameSql(operation)}) as new_name, users.deleted_at,
    coalesce(users.user_principal_name, input.user_principal_name, input.object_id::text, '') as who,
    coalesce(input.new_name, users.user_principal_name, '') as wanted_name,
    case
      when input.code is not null then 'invalid'
      ${operation === "removeUsers" ? `when users.id is null and ${removedSql} then 'unchanged'` : ""}
      when users.id is null then 'user_unknown'
      when input.object_id is not null and lower(input.user_principal_name) <> lower(users.user_principal_name)
        then 'value_invalid'
      when ${same} then 'unchanged'
      when users.deleted_at ${bothStates[of]} then '${of === "active" ? "user_deleted" : "user_active"}'
      ${refusals[operation]}
      else '${plan}'
    end as verdict
  from ${inputs} input
  left join lateral (
    select id from users
    where input.object_id is null and lower(user_principal_name) = lower(input.user_principal_name)
      and customer_id = $2 and deleted_at is null
    offset 0 -- one index probe a row: a hash join would read the whole directory for a small batch
  ) active on true
  left join lateral (
    select id from users
    where input.object_id is null and ${of === "active" ? "active.id is null" : "true"}
      and lower(user_principal_name) = lower(input.user_principal_name)
      and customer_id = $2 and deleted_at is not null
    order by deleted_at desc limit 1
  ) deleted on true
  left join lateral (
    select * from users
    where id = coalesce(input.object_id, ${of === "active" ? "active.id, deleted.id" : "deleted.id, active.id"})
      and customer_id = $2
    offset 0
  ) users on true
), placed as (
  select *,
    case when user_id is not null and code is null then min(row_no) over (partition by user_id, code is null) end as first_row,
    case when new_name is not null and code is null then min(row_no) over (partition by new_name, code is null) end
      as first_named
  from judged
), settled as (
  select *, case
    when first_row < row_no then 'duplicate'
    when first_named < row_no then 'duplicate_name'
    else verdict
  end as ending
  from placed
)
insert into row_results (batch_id, row_no, plan, state, code, field, message, user_id, user_version)
select $1, row_no,
  case when ending in ('${plan}', 'unchanged') then ending
    when ending in ('user_deleted', 'user_active', 'upn_taken') then 'conflict' else 'invalid' end,
  case when ending in ('${plan}', 'unchanged') then 'pending' else 'failed' end,
  case when ending in ('${plan}', 'unchanged') then null when ending = 'invalid' then code
    when ending in ('duplicate', 'duplicate_name') then 'duplicate_in_file' else ending end,
  case
    when ending in ('${plan}', 'unchanged') then null
    when ending = 'invalid' then field
    when ending = 'value_invalid' then 'objectId'
    when ending in ('usage_location_missing', 'prohibited_in_location') then 'usageLocation'
    when ending = 'confirmation_wrong' then 'displayName'
    else 'userPrincipalName'
  end,
  case when ending = 'invalid' then message when ending not in ('${plan}', 'unchanged') then 'Row ' || row_no || ': ' ||
    case ending
      when 'user_unknown' then ${who} || ' is no user of this customer. Correct the name or the object ID.'
      when 'value_invalid' then 'the object ID is that of ' || ${who} || ', and the name is of another user. Correct one of the two.'
      when 'user_deleted' then ${who} || ' is deleted. Restore the user first.'
      when 'user_active' then ${who} || ' is not deleted. Delete the user first.'
      when 'restore_expired' then ${who} || ' was deleted on ' || to_char(deleted_at at time zone 'UTC', 'YYYY-MM-DD')
        || ' (UTC), and the time to restore is over. Create the user anew.'
      when 'confirmation_wrong' then 'the name typed as confirmation is neither the display name nor the username of '
        || ${who} || '. Type one of them to remove the user for good.'
      when 'upn_taken' then 'the name "' || left(wanted_name, 80) || '" belongs to another user. Give a new username.'
      when 'usage_location_missing' then 'a license needs a usage location, and ' || ${who} || ' would have none. Set one first.'
      when 'prohibited_in_location' then 'the licenses of ' || ${who} || ' may not be used in "' || usage_location
        || '". Remove them first, or give another usage location.'
      when 'duplicate' then ${who} || ' stands in row ' || first_row || ' already. Remove one of the two rows.'
      when 'duplicate_name' then 'the name "' || left(wanted_name, 80) || '" is given in row ' || first_named
        || ' already. Give another name.'
    end end,
  coalesce(user_id, case when verdict = 'unchanged' then object_id end), version
from settled where coalesce($3::timestamptz, $4::timestamptz) is not null`;

const overwriteSql = `
on conflict (batch_id, row_no) do update set
  plan = excluded.plan, state = excluded.state, step = null, code = excluded.code, field = excluded.field,
  message = excluded.message, user_id = excluded.user_id, user_version = excluded.user_version`;
