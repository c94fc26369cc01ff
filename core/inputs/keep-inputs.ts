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

/** A user to be made of a row: the id and the sealed password. */
export type NewUser = { rowNo: number; id: string; sealed: Buffer };

/** Fills `input_rows` with the kept inputs of the rows from `rowFrom` to `rowTo`, and beside them the users to be made. */
export async function fillInputs(
  tx: Tx,
  rows: { batchId: string; rowFrom: number; rowTo: number },
  newUsers: readonly NewUser[],
): Promise<void> {
  await tx.rows(
    `insert into input_rows (row_no, ${inputColumns.join(", ")}, new_id, sealed)
     select kept.row_no, ${qualified("kept")}, made.id, made.sealed
     from row_inputs kept
     left join unnest($4::int[], $5::uuid[], $6::bytea[]) made (row_no, id, sealed) on made.row_no = kept.row_no
     where kept.batch_id = $1 and kept.row_no between $2 and $3 and kept.code is null`,
    [
      rows.batchId,
      rows.rowFrom,
      rows.rowTo,
      newUsers.map((user) => user.rowNo),
      newUsers.map((user) => user.id),
      newUsers.map((user) => user.sealed),
    ],
  );
}

function qualified(table: string): string {
  return inputColumns.map((column) => `${table}.${column}`).join(", ");
}
