import { textFieldNames, type TextField } from "../../contract/fields.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { RowInput } from "../spreadsheets/row-input.ts";
import { arrayLiteral } from "../sql/array-literal.ts";
import { copyBuffer } from "../sql/copy-buffer.ts";
import { copyPiece, type CopyPiece } from "../sql/copy-piece.ts";
import { copyValue } from "../sql/copy-text.ts";
import { insertValues } from "../sql/insert-values.ts";
import { userColumns } from "../sql/user-columns.ts";
import { otherColumns } from "./input-rows.ts";

/**
 * The inputs as lines for `row_inputs`, or where there is no `batchId` for the transaction's `input_rows`. Text COPY, because
 * it is the cheapest way to move many columns from Node; only the columns that some row fills, because a blank costs as
 * much as a value.
 */
export function copyInputs(batchId: string | null, inputs: readonly RowInput[]): CopyPiece {
  const fields = textFieldNames.filter((field) => inputs.some((input) => input.values[field] !== undefined));
  const lines = inputs.map((input) => {
    let line = "";
    for (const value of inputValues(batchId, input, fields))
      line += line === "" ? copyValue(value) : `\t${copyValue(value)}`;
    return `${line}\n`;
  });
  return { into: `${tableFor(batchId)} (${columnsFor(batchId, fields).join(", ")})`, lines: copyBuffer(lines) };
}

/** Inserts the inputs of a small batch into `row_inputs`, by a statement that is always the same. */
export async function insertInputs(tx: Tx, batchId: string, inputs: readonly RowInput[]): Promise<void> {
  const values = inputs.map((input) => inputValues(batchId, input, textFieldNames));
  await insertValues(tx, tableFor(batchId), columnsFor(batchId, textFieldNames), values);
}

/** Writes the inputs into the transaction's `input_rows`. */
export async function stageInputs(tx: Tx, inputs: readonly RowInput[]): Promise<void> {
  await copyPiece(tx, copyInputs(null, inputs));
}

function tableFor(batchId: string | null): string {
  return batchId === null ? "input_rows" : "row_inputs";
}

function columnsFor(batchId: string | null, fields: readonly TextField[]): string[] {
  const columns = ["row_no", ...fields.map((field) => userColumns[field]), ...otherColumns];
  return batchId === null ? columns : ["batch_id", ...columns];
}

/** The values of a row as Postgres reads them from text. */
function inputValues(batchId: string | null, input: RowInput, fields: readonly TextField[]): (string | null)[] {
  const values: (string | null)[] = batchId === null ? [] : [batchId];
  values.push(String(input.rowNo));
  for (const field of fields) values.push(input.values[field] ?? null);
  values.push(
    input.accountEnabled === null ? null : String(input.accountEnabled),
    input.roles === null ? null : arrayLiteral([...input.roles].sort()),
    arrayLiteral(input.licenses.map((license) => license.skuId)),
    plansJson(input),
    picture(input),
    input.problem?.code ?? null,
    input.problem?.field ?? null,
    input.problem?.message ?? null,
  );
  return values;
}

/** The audit's picture of a user to be made. Written here, because Postgres would take ten times as long to build it. */
function picture(input: RowInput): string {
  const values = JSON.stringify(input.values);
  return `${values.slice(0, -1)}${values === "{}" ? "" : ","}"accountEnabled":${input.accountEnabled ?? true}}`;
}

/** The service plans to switch off, by product, of those licenses that name any. */
function plansJson(input: RowInput): string | null {
  const named = input.licenses.filter((license) => license.disabledPlans.length > 0);
  if (named.length === 0) return null;
  return JSON.stringify(Object.fromEntries(named.map((license) => [license.skuId, [...license.disabledPlans].sort()])));
}
