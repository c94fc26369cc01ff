import type { Tx } from "../../../db/in-transaction.ts";
import { recordsSql } from "../../audit/records-sql.ts";
import { workColumns, workRows } from "../../batches/work-rows/work-table.ts";
import type { Work } from "../../batches/work-rows/outcome.ts";
import { sql } from "../../../db/sql-text.ts";
import { columnName, comparedFields, sameFieldsSql } from "../../sql/user-columns.ts";
import { userJsonSql } from "../../sql/user-json.ts";
import { sameRolesSql } from "../../batches/work-rows/matches-sql.ts";

const input = workColumns("input");
const settings = sql.join(
  [...comparedFields, "accountEnabled" as const].map((field) => {
    const column = sql.unsafe(columnName(field));
    return sql`${column} = coalesce(${input[field]}, old.${column})`;
  }),
  ", ",
);

/**
 * Brings the fields of locked users to what their rows ask for, restoring those who are deleted, with an audit record
 * of before and after for each user who changed.
 */
export async function changeUsers(tx: Tx, work: Work, rowNos: readonly number[]): Promise<void> {
  await tx.rows(changeSql(work, rowNos));
}

/**
 * Makes the roles of locked users exactly those of their rows, where the row names any; audits each change. `rowNos` null:
 * of all rows.
 */
export async function changeRoles(tx: Tx, work: Work, rowNos: readonly number[] | null): Promise<void> {
  await tx.rows(rolesSql(work, rowNos));
}

type RowNos = readonly number[] | null;

const targetSql = (rowNos: RowNos) =>
  rowNos === null ? workRows : sql`(select * from ${workRows} input where ${input.rowNo} = any(${rowNos}))`;

const changeSql = ({ batchId, actor }: Work, rowNos: RowNos) => sql`
with changed as (
  update users set ${settings}, deleted_at = null, version = old.version + 1
  from ${targetSql(rowNos)} input join users old on old.id = ${input.userId}
  where users.id = old.id and (old.deleted_at is not null or not ${sameFieldsSql("input", "old")})
  returning ${input.rowNo}, users.id, users.customer_id, old.deleted_at is not null as restored,
    ${userJsonSql("old")} as before, ${userJsonSql("users")} as after
)
${recordsSql(sql`case when restored then 'restore_customer_user' else 'update_customer_user' end`, {
  actor,
  customer: sql`customer_id`,
  batch: batchId,
  row: sql`row_no`,
  user: sql`id`,
  before: sql`before`,
  after: sql`after`,
})}
from changed`;

const rolesSql = ({ batchId, actor }: Work, rowNos: RowNos) => sql`
with differing as (
  select ${input.rowNo}, ${input.roles}, users.id, users.customer_id,
    coalesce((select array_agg(role order by role) from role_assignments where user_id = users.id), '{}') as old_roles
  from ${targetSql(rowNos)} input join users on users.id = ${input.userId}
  where not ${sameRolesSql("input", "users")}
), dropped as (
  delete from role_assignments using differing
  where user_id = differing.id and role <> all (differing.roles)
), added as (
  insert into role_assignments (user_id, role) select id, unnest(roles) from differing on conflict do nothing
), bumped as (
  update users set version = version + 1 from differing where users.id = differing.id
)
${recordsSql(sql`case when roles @> old_roles then 'add_user_member' else 'remove_user_member' end`, {
  actor,
  customer: sql`customer_id`,
  batch: batchId,
  row: sql`row_no`,
  user: sql`id`,
  before: sql`json_build_object('roles', old_roles)`,
  after: sql`json_build_object('roles', roles)`,
})}
from differing`;
