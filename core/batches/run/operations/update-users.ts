import { recordsSql } from "../../../audit/records-sql.ts";
import { workColumns, workRows } from "../../work-rows/work-table.ts";
import { comparedColumns, comparedFields, userColumns } from "../../../sql/user-columns.ts";
import { userTextSql } from "../../../sql/user-json.ts";
import type { Tx } from "../../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../../db/sql-text.ts";
import { holdTargets } from "./hold-targets.ts";
import type { Operate, Work } from "../../work-rows/outcome.ts";

/**
 * Brings fields of users to what their rows ask for: texts, the username, and whether sign-in is allowed. A field that a
 * row leaves blank stays, one that it clears is emptied. Users who are so already end `unchanged`.
 *
 * Causes: user_gone, changed_meanwhile, upn_taken.
 */
export const updateUsers: Operate = async (tx, work) => {
  const ended = await holdTargets(tx, work, "updateUsers", "update");
  work.onStep("update");
  await updateHeld(tx, work, workRows);
  return ended;
};

/** Brings the fields of locked users to what the rows of `rows` ask for. */
export async function updateHeld(tx: Tx, work: Work, rows: SqlText): Promise<void> {
  await tx.rows(updateSql(work, rows));
}

const input = workColumns("input");

const settings = sql.join(
  comparedFields.map((field) => {
    const column = sql.unsafe(userColumns[field]);
    return sql`${column} = case when '${column}' <> all (${input.cleared}) then coalesce(${input[field]}, old.${column}) end`;
  }),
  ", ",
);

const valuesOf = (row: string) => sql.unsafe(comparedColumns.map((column) => `${row}.${column}`).join(", "));

// Nobody else gives names to users of the customer meanwhile, so that no order of the renames can be a deadlock.
const updateSql = ({ batchId, customerId, actor }: Work, rows: SqlText) => sql`
with changed as (
  update users set ${settings},
    account_enabled = coalesce(${input.accountEnabled}, old.account_enabled),
    user_principal_name = coalesce(${input.newName}, old.user_principal_name), version = old.version + 1
  from ${rows} input join users old on old.id = ${input.userId}
  where users.id = old.id
  returning ${input.rowNo}, users.id, old.user_principal_name as old_name, users.user_principal_name as new_name,
    ${userTextSql("old")} || '}' as before, ${userTextSql("users")} || '}' as after,
    (${valuesOf("old")}) is distinct from (${valuesOf("users")}) as rewritten
), steps as (
  select row_no, id, 'update_customer_user' as operation, before, after from changed where rewritten
  union all
  select row_no, id, 'update_customer_user_principal_name', json_build_object('userPrincipalName', old_name)::text,
    json_build_object('userPrincipalName', new_name)::text
  from changed where old_name <> new_name
)
${recordsSql(sql`operation`, {
  actor,
  customer: customerId,
  batch: batchId,
  row: sql`row_no`,
  user: sql`id`,
  before: sql`before::json`,
  after: sql`after::json`,
})} from steps order by row_no`;
