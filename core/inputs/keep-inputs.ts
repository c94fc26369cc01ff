import type { Tx } from "../../db/in-transaction.ts";
import { inputColumns } from "./input-rows.ts";

/** Keeps the inputs in `input_rows` for their batch, in place of what an earlier reading of the same rows kept. */
export async function replaceInputs(tx: Tx, batchId: string): Promise<void> {
  await tx.rows("delete from row_inputs where batch_id = $1 and row_no in (select row_no from input_rows)", [batchId]);
  const columns = inputColumns.join(", ");
  await tx.rows(`insert into row_inputs (batch_id, row_no, ${columns}) select $1, row_no, ${columns} from input_rows`, [
    batchId,
  ]);
}
