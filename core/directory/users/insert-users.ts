import type { Tx } from "../../../db/in-transaction.ts";
import { textFieldNames } from "../../../contract/fields.ts";
import { workColumns, workRows } from "../../batches/work-rows/work-table.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { userColumns } from "../../sql/user-columns.ts";
import { nameOrderSql } from "./hold-names.ts";
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
 * Creates the new users of the work table, without all that `equipSql` gives them. A name that is taken meanwhile is a
 * unique violation, which undoes the work; with checks first, such rows make no user and come back here.
 */
export async function insertUsers(tx: Tx, work: Work): Promise<TakenName[]> {
  if (work.checksFirst) return await tx.rows<TakenName>(insertFreeSql(work));
  await tx.rows(insertSql(work, workRows));
  return [];
}

/** SQL that creates the new users of the rows of `from`, in the order of their names. */
export function insertSql({ customerId }: Pick<Work, "customerId">, from: SqlText): SqlText {
  return sql`
insert into users (id, customer_id, ${columns}, account_enabled)
select ${input.userId}, ${customerId}, ${inputs}, coalesce(${input.accountEnabled}, true)
from ${from} input where ${input.newUser} order by ${nameOrderSql(input.userPrincipalName)}`;
}

// A speculative insert, as `on conflict` makes it, costs each user a fifth more: only where it is needed.
const insertFreeSql = (work: Work) => sql`
with made as (
  ${insertSql(work, workRows)}
  on conflict (lower(user_principal_name)) where deleted_at is null do nothing returning id
)
update ${workRows} input set new_user = false where ${input.newUser} and ${input.userId} not in (select id from made)
returning ${input.rowNo} as "rowNo", ${input.userPrincipalName} as "userPrincipalName"`;
