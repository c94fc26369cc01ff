import type { Tx } from "../../db/in-transaction.ts";
import { inputColumns } from "./input-rows.ts";

/** Keeps the inputs in `input_rows` for their batch, in place of what an earlier reading of the same rows kept. */
export async function replaceInputs(tx: Tx, batchId: string): Promise<void> {
  await tx.rows(
    `update rows set ${inputColumns.map((column) => `${column} = input.${column}`).join(", ")}
     from input_rows input where rows.batch_id = $1 and rows.row_no = input.row_no`,
    [batchId],
  );
}
