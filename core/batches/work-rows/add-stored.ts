import type { Tx } from "../../../db/in-transaction.ts";
import type { Reading } from "../../../files/rows/row-input.ts";
import { readStored, type StoredRow } from "./read-input.ts";
import { addInputs } from "./add-inputs.ts";

const slabRows = 1000;

/**
 * Reads stored rows once more, those of `from`, which is a table or a join that has `rows` and its condition, and puts
 * their inputs into the work table. Gives how many there are.
 */
export async function addStored(
  tx: Tx,
  reading: Reading,
  from: string,
  parameters: readonly unknown[],
): Promise<number> {
  let count = 0;
  for (let after = 0; ;) {
    const slab = await tx.rows<StoredRow>(
      `select rows.row_no as "rowNo", to_json(rows.cells) as cells, rows.sealed
       from ${from} and rows.row_no > $${parameters.length + 1} order by rows.row_no limit ${slabRows}`,
      [...parameters, after],
    );
    await addInputs(
      tx,
      slab.map((row) => readStored(row, reading)),
    );
    count += slab.length;
    const last = slab.at(-1);
    if (last === undefined || slab.length < slabRows) return count;
    after = last.rowNo;
  }
}
