import type { RowState } from "../../../contract/batch.ts";
import { passwordMark } from "../../../contract/fields.ts";
import { Problem } from "../../../contract/problem.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import type { CoreContext } from "../../context.ts";
import type { StoredRow } from "../work-rows/read-input.ts";
import { sealPasswords } from "../work-rows/read-block.ts";
import { holdsSecrets } from "../../../files/header/recognise-header.ts";
import type { ReadBatchHead } from "../work-rows/batch-head.ts";
import type { PlacedRow, Widened } from "./place-cells.ts";
import { sql } from "../../../db/sql-text.ts";

/** A row that is to be changed, with the names that it has had so far, in small letters. `cells` are null once swept. */
export type HeldRow = Omit<StoredRow, "cells"> & {
  cells: string[] | null;
  state: RowState;
  name: string | null;
  built: string | null;
};

/** The rows of these numbers, by number. The caller holds the batch. */
export async function heldRows(tx: Tx, batchId: string, rowNos: readonly number[]): Promise<Map<number, HeldRow>> {
  const rows = await tx.rows<HeldRow>(
    sql`select results.row_no as "rowNo", results.state, to_json(rows.cells) as cells, rows.sealed,
       lower(rows.user_principal_name) as name, lower(rows.built) as built
     from row_results results left join rows using (batch_id, row_no)
     where results.batch_id = ${batchId} and results.row_no = any(${rowNos})`,
  );
  return new Map(rows.map((row) => [row.rowNo, row]));
}

/** Adds new columns at the end of the batch's own, and gives its head as it is then. */
export async function addColumns(
  tx: Tx,
  table: ReadBatchHead,
  { header, columns, added }: Widened,
): Promise<ReadBatchHead> {
  if (added === 0) return table;
  const password = columns.indexOf("password");
  const sealedColumn = password === -1 ? table.sealedColumn : password;
  await tx.rows(
    sql`update batches set header = ${header}, columns = ${columns},
       added_columns = added_columns + ${added}, sealed_column = ${sealedColumn} where id = ${table.id}`,
  );
  // What a row has too many stays too much, and becomes no value of the new column.
  await tx.rows(
    sql`update rows set cells = cells[:${table.header.length}] || array_fill(''::text, array[${added}::int])
         || cells[${table.header.length} + 1:]
     where batch_id = ${table.id} and cardinality(cells) > ${table.header.length}`,
  );
  if (sealedColumn !== table.sealedColumn) {
    await tx.rows(sql`update rows set sealed = null where batch_id = ${table.id} and sealed is not null`);
  }
  return { ...table, header, columns, addedColumns: table.addedColumns + added, sealedColumn };
}

/**
 * Writes the new cells of rows and gives these as they are stored then. A password is sealed, and its mark is what stands in
 * the cell; a mark that comes back as a value changes nothing.
 * @throws Problem body_invalid for a cell that the row does not have
 */
export async function editRows(
  { secrets }: CoreContext,
  tx: Tx,
  table: ReadBatchHead,
  changes: readonly PlacedRow[],
  held: ReadonlyMap<number, HeldRow>,
): Promise<StoredRow[]> {
  const password = table.columns.indexOf("password");
  const edited = changes.map((change) => editCells(table, change, held.get(change.rowNo)?.cells ?? []));
  const sealed = sealPasswords(table.id, edited, password, secrets);
  const stored = sealed.map((row, at) => {
    const given = changes[at]?.cells.get(password);
    const same = given === undefined || given === passwordMark;
    return same ? { ...row, cells: edited[at]!.cells, sealed: held.get(row.rowNo)?.sealed ?? null } : row;
  });
  await tx.rows(
    sql`update rows set sealed = decode(edited.sealed, 'hex'),
       cells = array(select cell from json_array_elements_text(edited.cells) with ordinality one (cell, at) order by at)
     from json_to_recordset(${JSON.stringify(
       stored.map(({ rowNo, cells, sealed: seal }) => ({ rowNo, cells, sealed: seal?.toString("hex") ?? null })),
     )}) edited ("rowNo" int, cells json, sealed text)
     where batch_id = ${table.id} and row_no = edited."rowNo"`,
  );
  return stored;
}

function editCells(
  { header, columns }: ReadBatchHead,
  { rowNo, cells: given }: PlacedRow,
  before: string[],
): { rowNo: number; cells: string[] } {
  const cells = [...before];
  while (cells.length < header.length) cells.push("");
  for (const [at, value] of given) {
    if (at >= cells.length) throw noSuchCell(rowNo, at, cells.length);
    if (columns[at] === "password") {
      if (value !== passwordMark) cells[at] = value;
      continue;
    }
    // Confirm password and the like: no field takes them, and a password must not become a cell.
    cells[at] = value.trim() !== "" && holdsSecrets(header[at] ?? "") ? passwordMark : value;
  }
  while (cells.length > header.length && cells.at(-1)?.trim() === "") cells.pop();
  return { rowNo, cells };
}

function noSuchCell(row: number, at: number, width: number): Problem {
  const message = `Row ${row} has ${width} cells and no Column ${at + 1}.`;
  return new Problem("body_invalid", message, { errors: [{ row, column: `Column ${at + 1}`, message }] });
}
