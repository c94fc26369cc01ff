import { textFieldNames } from "../../contract/fields.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { RowInput } from "../spreadsheets/row-input.ts";
import { copyBuffer } from "../sql/copy-buffer.ts";
import { copyLine } from "../sql/copy-text.ts";
import { inputValues, valueColumns } from "./input-values.ts";

/** Copies inputs into the transaction's own `input_rows`. */
export async function stageInputs(tx: Tx, inputs: readonly RowInput[]): Promise<void> {
  await tx.copyIn(
    `copy input_rows (${valueColumns(textFieldNames, true).join(", ")}) from stdin`,
    copyBuffer(inputs.map((input) => copyLine(inputValues(input, textFieldNames, true)))),
  );
}
