import type { Tx } from "../../db/in-transaction.ts";
import { textFieldNames } from "../../contract/fields.ts";
import { userColumns } from "../sql/user-columns.ts";
import type { Work } from "../operations/outcome.ts";

const columns = textFieldNames.map((field) => userColumns[field]);

/**
 * Creates a user from each row of `input_rows` in `rowNos`, with its temporary password, its roles and its audit, and
 * gives the rows that were created. A row whose name is taken makes nothing and is missing from the answer. Names go in
 * in `lower(upn)` order: two chunks that share names would deadlock otherwise.
 */
export async function insertUsers(tx: Tx, work: Work, rowNos: readonly number[]): Promise<Set<number>> {
  const made = await tx.rows<{ row_no: number }>(insertSql, [
    work.batchId,
    work.customerId,
    rowNos,
    work.actor.id,
    work.actor.name,
    work.passwordExpiresAt,
  ]);
  return new Set(made.map((row) => row.row_no));
}

const insertSql = `
with chosen as (
  select * from input_rows where row_no = any($3)
), made as (
  insert into users (id, customer_id, ${columns.join(", ")}, account_enabled)
  select new_id, $2, ${columns.join(", ")}, coalesce(account_enabled, true)
  from chosen order by lower(user_principal_name)
  on conflict (lower(user_principal_name)) where deleted_at is null do nothing
  returning id, customer_id
), placed as (
  select chosen.row_no, chosen.sealed, chosen.roles, chosen.picture, made.id, made.customer_id
  from made join chosen on chosen.new_id = made.id
), passwords as (
  insert into temporary_passwords (user_id, customer_id, batch_id, row_no, sealed, expires_at)
  select id, customer_id, $1, row_no, sealed, $6 from placed where sealed is not null
), roles as (
  insert into role_assignments (user_id, role) select id, unnest(roles) from placed where roles is not null
), recorded as (
  insert into audit (actor_id, actor_name, customer_id, operation, status, batch_id, row_no, user_id, after)
  select $4, $5, customer_id, 'create_customer_user', 'succeeded', $1, row_no, id, picture from placed
  union all
  select $4, $5, customer_id, 'add_user_member', 'succeeded', $1, row_no, id, json_build_object('roles', roles)
  from placed where cardinality(roles) > 0
)
select row_no from placed`;
