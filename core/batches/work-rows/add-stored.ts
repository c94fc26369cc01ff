import { blockRows } from "../../../files/table/block-rows.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { Reading } from "../../../files/rows/row-input.ts";
import { readStored, type StoredRow } from "./read-input.ts";
import { addInputs } from "./add-inputs.ts";
import { inputNames } from "./input-columns.ts";
import { workRows } from "./work-table.ts";

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

/**
 * Puts inputs of rows of an undo into the work table as they are kept, for they were never read from cells. Gives how many
 * there are.
 */
export async function addKept(tx: Tx, from: SqlText): Promise<number> {
  const added = await tx.rows(sql`
    insert into ${workRows} (row_no, ${sql.unsafe(inputNames.join(", "))})
    select rows.row_no, ${sql.unsafe(inputNames.map((name) => `rows.${name}`).join(", "))} from ${from} returning row_no`);
  return added.length;
}
