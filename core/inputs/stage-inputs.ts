import { finished } from "node:stream/promises";
import { textFieldNames, type TextField } from "../../contract/fields.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { RowInput } from "../spreadsheets/row-input.ts";
import { copyBuffer } from "../sql/copy-buffer.ts";
import { copyBytes, copyValue } from "../sql/copy-text.ts";
import { userColumns } from "../sql/user-columns.ts";

/** A row's input with what applying it needs besides: the id of a user to be made and that user's sealed password. */
export type StagedInput = RowInput & { newId?: string; sealedPassword?: Buffer };

const textColumns = textFieldNames.map((field) => userColumns[field]);
const otherColumns = "account_enabled, roles, sku_ids, plans, code, field, message, new_id, sealed, picture";

const createTable = `create temporary table if not exists input_rows (
  row_no int not null, ${textColumns.map((column) => `${column} text`).join(", ")},
  account_enabled boolean, roles text[], sku_ids uuid[] not null, plans jsonb,
  code text, field text, message text, new_id uuid, sealed bytea, picture json
) on commit delete rows`;

/** Makes the transaction's own empty table `input_rows`, on which planning and applying both stand. */
export async function openInputs(tx: Tx): Promise<void> {
  await tx.rows("set local client_min_messages = warning");
  await tx.rows(createTable);
}

/**
 * Copies `inputs` into `input_rows`. Text COPY, because it is the cheapest way to move many columns from Node; only the
 * columns that some row fills, because a blank costs as much as a value.
 */
export async function stageInputs(tx: Tx, inputs: readonly StagedInput[]): Promise<void> {
  const fields = textFieldNames.filter((field) => inputs.some((input) => input.values[field] !== undefined));
  const columns = ["row_no", ...fields.map((field) => userColumns[field]), otherColumns];
  const copy = tx.copyIn(`copy input_rows (${columns.join(", ")}) from stdin`);
  copy.end(copyBuffer(inputs.map((input) => inputLine(input, fields))));
  await finished(copy);
}

function inputLine(input: StagedInput, fields: readonly TextField[]): string {
  let line = String(input.rowNo);
  for (const field of fields) line += `\t${copyValue(input.values[field])}`;
  line += input.accountEnabled === null ? "\t\\N" : input.accountEnabled ? "\tt" : "\tf";
  line += input.roles === null ? "\t\\N" : `\t{${[...input.roles].sort().join(",")}}`;
  line += `\t{${input.licenses.map((license) => license.skuId).join(",")}}`;
  line += `\t${copyValue(plansJson(input))}`;
  line += `\t${copyValue(input.problem?.code)}\t${copyValue(input.problem?.field)}\t${copyValue(input.problem?.message)}`;
  line += `\t${input.newId ?? "\\N"}\t${copyBytes(input.sealedPassword ?? null)}\t${copyValue(picture(input))}\n`;
  return line;
}

/** The audit's picture of a user to be made. Written here, because Postgres would take ten times as long to build it. */
function picture(input: StagedInput): string | null {
  if (input.newId === undefined) return null;
  return JSON.stringify({ ...input.values, accountEnabled: input.accountEnabled ?? true });
}

/** The service plans to switch off, by product, of those licenses that name any. */
function plansJson(input: RowInput): string | null {
  const named = input.licenses.filter((license) => license.disabledPlans.length > 0);
  if (named.length === 0) return null;
  return JSON.stringify(Object.fromEntries(named.map((license) => [license.skuId, [...license.disabledPlans].sort()])));
}
