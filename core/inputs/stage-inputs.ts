import { finished } from "node:stream/promises";
import { textFieldNames, type TextField } from "../../contract/fields.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { RowInput } from "../spreadsheets/row-input.ts";
import { copyBuffer } from "../sql/copy-buffer.ts";
import { copyValue } from "../sql/copy-text.ts";
import { userColumns } from "../sql/user-columns.ts";

const textColumns = textFieldNames.map((field) => userColumns[field]);
const otherColumns = [
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

/** SQL for the inputs of all rows of the batch `$1`. */
export const batchInputsSql = "(select * from row_inputs where batch_id = $1)";

/** The columns that stand in `input_rows` and `row_inputs` alike, but for the number of the row. */
const inputColumns = [...textColumns, ...otherColumns];

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

/**
 * Copies `inputs` into `row_inputs`, or where there is no `batchId` into the transaction's `input_rows`. Text COPY, because
 * it is the cheapest way to move many columns from Node; only the columns that some row fills, because a blank costs as
 * much as a value.
 */
export async function stageInputs(tx: Tx, batchId: string | null, inputs: readonly RowInput[]): Promise<void> {
  const fields = textFieldNames.filter((field) => inputs.some((input) => input.values[field] !== undefined));
  const columns = ["row_no", ...fields.map((field) => userColumns[field]), ...otherColumns].join(", ");
  const copy = tx.copyIn(
    batchId === null ? `copy input_rows (${columns}) from stdin` : `copy row_inputs (batch_id, ${columns}) from stdin`,
  );
  const start = batchId === null ? "" : `${batchId}\t`;
  copy.end(copyBuffer(inputs.map((input) => `${start}${inputLine(input, fields)}`)));
  await finished(copy);
}

function inputLine(input: RowInput, fields: readonly TextField[]): string {
  let line = String(input.rowNo);
  for (const field of fields) line += `\t${copyValue(input.values[field])}`;
  line += input.accountEnabled === null ? "\t\\N" : input.accountEnabled ? "\tt" : "\tf";
  line += input.roles === null ? "\t\\N" : `\t{${[...input.roles].sort().join(",")}}`;
  line += `\t{${input.licenses.map((license) => license.skuId).join(",")}}`;
  line += `\t${copyValue(plansJson(input))}\t${copyValue(JSON.stringify(input.licenses))}`;
  line += `\t${copyValue(picture(input))}\t${copyValue(input.problem?.code)}\t${copyValue(input.problem?.field)}`;
  line += `\t${copyValue(input.problem?.message)}\n`;
  return line;
}

/** The audit's picture of a user to be made. Written here, because Postgres would take ten times as long to build it. */
function picture(input: RowInput): string {
  return JSON.stringify({ ...input.values, accountEnabled: input.accountEnabled ?? true });
}

/** The service plans to switch off, by product, of those licenses that name any. */
function plansJson(input: RowInput): string | null {
  const named = input.licenses.filter((license) => license.disabledPlans.length > 0);
  if (named.length === 0) return null;
  return JSON.stringify(Object.fromEntries(named.map((license) => [license.skuId, [...license.disabledPlans].sort()])));
}

/** Keeps the inputs in `input_rows` for their batch, in place of what an earlier reading of the same rows kept. */
export async function replaceInputs(tx: Tx, batchId: string): Promise<void> {
  await tx.rows("delete from row_inputs where batch_id = $1 and row_no in (select row_no from input_rows)", [batchId]);
  const columns = inputColumns.join(", ");
  await tx.rows(`insert into row_inputs (batch_id, row_no, ${columns}) select $1, row_no, ${columns} from input_rows`, [
    batchId,
  ]);
}

/** A user to be made of a row: the id and the sealed password. */
export type NewUser = { rowNo: number; id: string; sealed: Buffer };

/** Fills `input_rows` with the kept inputs of the rows from `rowFrom` to `rowTo`, and beside them the users to be made. */
export async function fillInputs(
  tx: Tx,
  rows: { batchId: string; rowFrom: number; rowTo: number },
  newUsers: readonly NewUser[],
): Promise<void> {
  await tx.rows(
    `insert into input_rows (row_no, ${inputColumns.join(", ")}, new_id, sealed)
     select kept.row_no, ${qualified("kept")}, made.id, made.sealed
     from row_inputs kept
     left join unnest($4::int[], $5::uuid[], $6::bytea[]) made (row_no, id, sealed) on made.row_no = kept.row_no
     where kept.batch_id = $1 and kept.row_no between $2 and $3 and kept.code is null`,
    [
      rows.batchId,
      rows.rowFrom,
      rows.rowTo,
      newUsers.map((user) => user.rowNo),
      newUsers.map((user) => user.id),
      newUsers.map((user) => user.sealed),
    ],
  );
}

function qualified(table: string): string {
  return inputColumns.map((column) => `${table}.${column}`).join(", ");
}
