import { finished } from "node:stream/promises";
import { textFieldNames, type TextField } from "../../contract/fields.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { RowInput } from "../spreadsheets/row-input.ts";
import { copyBuffer } from "../sql/copy-buffer.ts";
import { copyValue } from "../sql/copy-text.ts";
import { userColumns } from "../sql/user-columns.ts";
import { otherColumns } from "./input-rows.ts";

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
