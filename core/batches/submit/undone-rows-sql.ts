import type { TextField } from "../../../contract/fields.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { comparedFields, userColumns } from "../../sql/user-columns.ts";
import { undoneSql } from "../plan/left-by-batch.ts";
import { type UndoneBatch, undoneRecordsSql } from "../plan/undone-records-sql.ts";
import { undoneWordsSql } from "./undone-words-sql.ts";

const texts = sql.unsafe(comparedFields.map((field) => userColumns[field]).join(", "));

/** SQL for the value that a text field had before, where the batch changed it. */
const formerSql = (field: TextField) => sql.unsafe(`case when touched ? '${field}' then before ->> '${field}' end`);

const clearedSql = sql.unsafe(
  `case when touched = '{}' then '{}' else array_remove(array[${comparedFields
    .map((field) => `case when touched ? '${field}' and before ->> '${field}' is null then '${userColumns[field]}' end`)
    .join(", ")}], null) end`,
);

const broughtSql = (skuIds: SqlText) =>
  sql`case when kind = 'update' then array(select distinct unnest(${skuIds})) else '{}' end`;

/** SQL for the rows of a batch that an undo has taken. */
const takenSql = (undoneId: string) => sql`
  select taken.row_no from batches undo join row_results taken on taken.batch_id = undo.id
  where undo.undoes = ${undoneId} and undo.state <> 'cancelled'`;

/**
 * SQL that writes the rows of the undo `undo` of a batch: a line for each row of the batch that changed something and that no
 * undo has taken, with the values before it as what is asked for. Gives how many.
 */
export function undoneRowsSql(undo: { id: string; customerId: string }, undone: UndoneBatch): SqlText {
  const untaken = sql`row_no not in (${takenSql(undone.id)})`;
  return sql`
with made as (
  insert into rows (batch_id, row_no, cells, object_id, new_name, cleared, ${texts}, account_enabled, roles, sku_ids,
    plans, removed_sku_ids, undone)
  select ${undo.id}::uuid, row_no, array[coalesce(who, ''), ${undoneWordsSql(undo.customerId)}], user_id,
    case when kind = 'update' and touched ? 'userPrincipalName' then before ->> 'userPrincipalName' end,
    ${clearedSql}, ${sql.join(comparedFields.map(formerSql), ", ")},
    case when touched ? 'accountEnabled' then (before ->> 'accountEnabled')::boolean end,
    case when former_roles is not null then array(select jsonb_array_elements_text(former_roles) role order by role) end,
    ${broughtSql(sql`given_back`)}, case when kind = 'update' then plans end, ${broughtSql(sql`taken_back`)}, ${undoneSql}
  -- Each value of a record is made once, and used by many columns.
  from (${undoneRecordsSql(undo.customerId, undone, untaken)} offset 0) records
  where kind <> 'update' or touched <> '{}' or former_roles is not null or coalesce(given_back, taken_back) is not null
  returning 1
)
select count(*)::int as rows from made`;
}
