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
  "licenses",
  "picture",
  "code",
  "field",
  "message",
];

/** The columns that stand in `input_rows` and `row_inputs` alike, but for the number of the row. */
export const inputColumns = [...textColumns, ...otherColumns];

/** SQL for the inputs of all rows of the batch `$1`. */
export const batchInputsSql = "(select * from row_inputs where batch_id = $1)";

const createTable = `create temporary table if not exists input_rows (
  row_no int not null, ${textColumns.map((column) => `${column} text`).join(", ")},
  account_enabled boolean, roles text[], sku_ids uuid[] not null, plans jsonb, licenses json not null,
  picture json not null, code text, field text, message text, new_id uuid, sealed bytea
) on commit delete rows`;

/** Makes the transaction's own empty table `input_rows`: the rows that it is about, with their inputs. */
export async function openInputs(tx: Tx): Promise<void> {
  await tx.rows("set local client_min_messages = warning");
  await tx.rows(createTable);
}
