import { textFieldNames } from "../../contract/fields.ts";
import type { Tx } from "../../db/in-transaction.ts";
import { userColumns } from "../sql/user-columns.ts";

const textColumns = textFieldNames.map((field) => userColumns[field]);
/** The columns of an input beyond the texts, in the order in which it is copied. */
export const otherColumns = [
  "account_enabled",
  "roles",
  "sku_ids",
  "plans",
  "picture",
  "built",
  "code",
  "field",
  "message",
  "other_problems",
];

/** The columns of an input about a user who is there already: who that is, and what it is to lose. */
export const targetColumns = ["object_id", "new_name", "removed_sku_ids", "cleared"];

/** The columns that stand in `input_rows` and `rows` alike, but for the number of the row. */
export const inputColumns = [...textColumns, ...otherColumns, ...targetColumns];

/** SQL for the inputs of all rows of the batch `$1`. */
export const batchInputsSql = `(select row_no, ${inputColumns.join(", ")} from rows where batch_id = $1)`;

const createTable = `create temporary table if not exists input_rows (
  row_no int not null, ${textColumns.map((column) => `${column} text`).join(", ")},
  account_enabled boolean, roles text[], sku_ids uuid[] not null, plans jsonb, picture json not null,
  built text, code text, field text, message text, other_problems json,
  object_id uuid, new_name text, removed_sku_ids uuid[], cleared text[],
  plan text, step text, short boolean, user_id uuid, user_version int, fresh boolean, sealed bytea
) on commit delete rows`;

/**
 * Makes the transaction's own empty table `input_rows`: the rows that it is about, with their inputs. For a chunk it also
 * holds what was planned (`plan`), the step at which an earlier run stopped, whether the plan found no seat (`short`), the
 * user, who is `fresh` where this transaction makes it, and the sealed password. A row that ends early is taken out, so
 * that each later statement is about the rows that are still on their way.
 */
export async function openInputs(tx: Tx): Promise<void> {
  await tx.together(
    () => tx.rows("set local client_min_messages = warning"),
    () => tx.rows(createTable),
  );
}

/** Takes rows that have come to their end out of `input_rows`. */
export async function dropInputs(tx: Tx, rowNos: readonly number[]): Promise<void> {
  if (rowNos.length > 0) await tx.rows("delete from input_rows where row_no = any($1)", [rowNos]);
}
