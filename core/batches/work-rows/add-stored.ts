import { blockRows } from "../../../files/table/block-rows.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { Reading } from "../../../files/rows/row-input.ts";
import { readStored, type StoredRow } from "./read-input.ts";
import { addInputs } from "./add-inputs.ts";

/**
 * Reads stored rows once more, those of `from`, which is a table or a join that has `rows` and its condition, and puts
 * their inputs into the work table. Gives how many there are.
 */
export async function addStored(tx: Tx, reading: Reading, from: SqlText): Promise<number> {
  let count = 0;
  for (let after = 0; ;) {
    const block = await tx.rows<StoredRow>(sql`
      select rows.row_no as "rowNo", to_json(rows.cells) as cells, rows.sealed
      from ${from} and rows.row_no > ${after} order by rows.row_no limit ${blockRows}`);
    await addInputs(
      tx,
      block.map((row) => readStored(row, reading)),
    );
    count += block.length;
    const last = block.at(-1);
    if (last === undefined || block.length < blockRows) return count;
    after = last.rowNo;
  }
}
