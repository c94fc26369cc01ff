import type { Tx } from "../../../db/in-transaction.ts";
import { recordsSql } from "../../audit/records-sql.ts";
import { workColumns, workRows } from "../../batches/work-rows/work-table.ts";
import type { Work } from "../../batches/work-rows/outcome.ts";
import { columnName, comparedFields, sameFieldsSql } from "../../sql/user-columns.ts";
import { userJsonSql } from "../../sql/user-json.ts";
import { sameRolesSql } from "../../batches/work-rows/matches-sql.ts";

const input = workColumns("input");
const settings = [...comparedFields, "accountEnabled" as const]
  .map((field) => `${columnName(field)} = coalesce(${input[field]}, old.${columnName(field)})`)
  .join(", ");

/**
 * Brings the fields of locked users to what their rows ask for, restoring those who are deleted, with an audit record
 * of before and after for each user who changed.
 */
export async function changeUsers(tx: Tx, work: Work, rowNos: readonly number[]): Promise<void> {
  await tx.rows(changeSql, parameters(work, rowNos));
}

/**
 * Makes the roles of locked users exactly those of their rows, where the row names any; audits each change. `rowNos` null:
 * of all rows.
 */
export async function changeRoles(tx: Tx, work: Work, rowNos: readonly number[] | null): Promise<void> {
  await tx.rows(rolesSql, parameters(work, rowNos));
}

function parameters(work: Work, rowNos: readonly number[] | null): unknown[] {
  return [work.batchId, work.actor.id, work.actor.name, rowNos];
}

const targetSql = `select * from ${workRows} input where $4::int[] is null or ${input.rowNo} = any($4::int[])`;

const changeSql = `
with target as (${targetSql}), changed as (
  update users set ${settings}, deleted_at = null, version = old.version + 1
  from target input join users old on old.id = ${input.userId}
  where users.id = old.id and (old.deleted_at is not null or not ${sameFieldsSql("input", "old")})
  returning ${input.rowNo}, users.id, users.customer_id, old.deleted_at is not null as restored,
    ${userJsonSql("old")} as before, ${userJsonSql("users")} as after
)
${recordsSql("case when restored then 'restore_customer_user' else 'update_customer_user' end", {
  actor: "$2, $3",
  customer: "customer_id",
  batch: "$1",
  row: "row_no",
  user: "id",
  before: "before",
  after: "after",
})}
from changed`;

const rolesSql = `
with target as (${targetSql}), differing as (
  select ${input.rowNo}, ${input.roles}, users.id, users.customer_id,
    coalesce((select array_agg(role order by role) from role_assignments where user_id = users.id), '{}') as old_roles
  from target input join users on users.id = ${input.userId}
  where not ${sameRolesSql("input", "users")}
), dropped as (
  delete from role_assignments using differing
  where user_id = differing.id and role <> all (differing.roles)
), added as (
  insert into role_assignments (user_id, role) select id, unnest(roles) from differing on conflict do nothing
), bumped as (
  update users set version = version + 1 from differing where users.id = differing.id
)
${recordsSql("case when roles @> old_roles then 'add_user_member' else 'remove_user_member' end", {
  actor: "$2, $3",
  customer: "customer_id",
  batch: "$1",
  row: "row_no",
  user: "id",
  before: "json_build_object('roles', old_roles)",
  after: "json_build_object('roles', roles)",
})}
from differing`;
