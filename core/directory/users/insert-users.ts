import type { Tx } from "../../../db/in-transaction.ts";
import { textFieldNames } from "../../../contract/fields.ts";
import { recordsSql } from "../../audit/records-sql.ts";
import { workColumns, workRows } from "../../batches/work-rows/work-table.ts";
import { sql } from "../../../db/sql-text.ts";
import { userColumns } from "../../sql/user-columns.ts";
import type { Work } from "../../batches/work-rows/outcome.ts";

const columns = sql.unsafe(textFieldNames.map((field) => userColumns[field]).join(", "));
const input = workColumns("input");
const inputs = sql.join(
  textFieldNames.map((field) => input[field]),
  ", ",
);

/** A row whose name went to somebody else before its user was made. */
export type TakenName = { rowNo: number; userPrincipalName: string };

/**
 * Creates the new users of the work table, with temporary password, roles and audit. Names go in in `lower(upn)` order:
 * two chunks that share names would deadlock otherwise. A name that is taken meanwhile is a unique violation, which undoes
 * the work; with checks first, such rows make no user and come back here.
 */
export async function insertUsers(tx: Tx, work: Work): Promise<TakenName[]> {
  if (work.checksFirst) {
    const taken = await tx.rows<TakenName>(insertFreeSql(work));
    await tx.rows(recordSql(work));
    return taken;
  }
  await tx.together(
    () => tx.rows(insertSql(work)),
    () => tx.rows(recordSql(work)),
  );
  return [];
}

// A speculative insert, as `on conflict` makes it, costs each user a fifth more. The order of bytes is cheaper than that of a
// language, and serves as well: all who create take it.
const insertSql = ({ customerId }: Work) => sql`
insert into users (id, customer_id, ${columns}, account_enabled)
select ${input.userId}, ${customerId}, ${inputs}, coalesce(${input.accountEnabled}, true)
from ${workRows} input where ${input.newUser} order by lower(${input.userPrincipalName}) collate "C"`;

const insertFreeSql = (work: Work) => sql`
with made as (
  ${insertSql(work)}
  on conflict (lower(user_principal_name)) where deleted_at is null do nothing returning id
)
update ${workRows} input set new_user = false where ${input.newUser} and ${input.userId} not in (select id from made)
returning ${input.rowNo} as "rowNo", ${input.userPrincipalName} as "userPrincipalName"`;

const recordSql = ({ batchId, customerId, actor, passwordExpiresAt }: Work) => sql`
with placed as (
  select ${input.rowNo}, ${input.userId}, ${input.sealed}, ${input.roles}, ${input.picture}
  from ${workRows} input where ${input.newUser}
), passwords as (
  insert into temporary_passwords (user_id, customer_id, batch_id, sealed, expires_at)
  select user_id, ${customerId}, ${batchId}, sealed, ${passwordExpiresAt} from placed
), roles as (
  insert into role_assignments (user_id, role) select user_id, unnest(roles) from placed where roles is not null
)
${recordsSql(sql`operation`, {
  actor,
  customer: customerId,
  batch: batchId,
  row: sql`row_no`,
  user: sql`user_id`,
  after: sql`after`,
})}
from (
  select row_no, user_id, 'create_customer_user' as operation, picture as after from placed
  union all
  select row_no, user_id, 'add_user_member', json_build_object('roles', roles) from placed where cardinality(roles) > 0
) steps`;
