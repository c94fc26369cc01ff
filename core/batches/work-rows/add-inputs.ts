import { textFieldNames } from "../../../contract/fields.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { inputValues, valueColumns } from "./input-values.ts";
import type { RowInput } from "../../../files/rows/row-input.ts";
import { copyBuffer } from "../../sql/copy-buffer.ts";
import { copyLine } from "../../sql/copy-text.ts";
import { workRows } from "./work-table.ts";

/** Copies inputs into the work table. */
export async function addInputs(tx: Tx, inputs: readonly RowInput[]): Promise<void> {
  await tx.copyIn(
    `copy ${workRows.constant()} (${valueColumns(textFieldNames, true).join(", ")}) from stdin`,
    copyBuffer(inputs.map((input) => copyLine(inputValues(input, textFieldNames, true)))),
  );
}
