import type { Tx } from "../../../db/in-transaction.ts";
import { inputNames } from "./input-columns.ts";
import { workRows } from "./work-table.ts";
import { sql } from "../../../db/sql-text.ts";

/** Keeps the inputs in the work table for their batch, in place of what an earlier reading of the same rows kept. */
export async function keepInputs(tx: Tx, batchId: string): Promise<void> {
  await tx.rows(
    sql`update rows set ${sql.unsafe(inputNames.map((column) => `${column} = input.${column}`).join(", "))}
     from ${workRows} input where rows.batch_id = ${batchId} and rows.row_no = input.row_no`,
  );
}
