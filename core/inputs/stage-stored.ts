import type { Tx } from "../../db/in-transaction.ts";
import type { Reading } from "../spreadsheets/row-input.ts";
import { readStored, type StoredRow } from "./read-input.ts";
import { stageInputs } from "./stage-inputs.ts";

const slabRows = 1000;

/**
 * Reads stored rows of the batch `parameters[0]` once more, those for which `where` is true of `rows` and their `results`,
 * and puts their inputs into `input_rows`. Gives how many there are.
 */
export async function stageStored(
  tx: Tx,
  reading: Reading,
  where: string,
  parameters: readonly unknown[],
): Promise<number> {
  let count = 0;
  for (let after = 0; ;) {
    const slab = await tx.rows<StoredRow>(
      `select results.row_no as "rowNo", to_json(rows.cells) as cells, rows.sealed
       from row_results results join rows using (batch_id, row_no)
       where results.batch_id = $1 and ${where} and results.row_no > $${parameters.length + 1}
       order by results.row_no limit ${slabRows}`,
      [...parameters, after],
    );
    const last = slab.at(-1);
    if (last === undefined) return count;
    await stageInputs(
      tx,
      slab.map((row) => readStored(row, reading)),
    );
    count += slab.length;
    after = last.rowNo;
  }
}
