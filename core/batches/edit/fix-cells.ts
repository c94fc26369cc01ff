import type { FixChange } from "../../../contract/fix.ts";
import { longestCell } from "../../../contract/limits.ts";
import { Problem } from "../../../contract/problem.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { holdsSecrets } from "../../../files/header/recognise-header.ts";
import type { ReadBatchHead } from "../work-rows/batch-head.ts";
import { placeColumn, storable, type Widened } from "./place-cells.ts";

/** A fix with its column found, and the SQL for the rows it is about. */
export type PlacedFix = {
  /** From 0. */
  at: number;
  label: string;
  widened: Widened;
  cells: SqlText;
};

/** A cell that a fix changes. */
export type FixedCell = { rowNo: number; before: string; after: string };

/**
 * Finds what a fix is about. @throws Problem body_invalid for what is no column, or holds passwords; too_many_columns
 */
export function placeFix(table: ReadBatchHead, fix: FixChange): PlacedFix {
  const { at, ...widened } = placeColumn(table, fix.column);
  const label = widened.header[at] ?? fix.column;
  if (widened.columns[at] === "password" || holdsSecrets(label)) {
    const message = "Passwords are sealed and cannot be changed in many rows at once. Change them row by row.";
    throw new Problem("body_invalid", message, { errors: [{ column: label, message }] });
  }
  return { at, label, widened, cells: fixedCells(table.id, at, fix) };
}

/** The table `cells` of the rows of the cause, and their cells before the fix and after it. */
function fixedCells(batchId: string, at: number, { code, state, change }: FixChange): SqlText {
  const after =
    "set" in change
      ? sql`${storable(change.set ?? "")}::text`
      : sql`replace(before, ${storable(change.replace)}, ${storable(change.by)})`;
  const ofState = state === undefined ? sql`` : sql`and results.state = ${state}`;
  return sql`
    (select results.row_no, results.state, before, ${after} as after
     from row_results results join rows using (batch_id, row_no),
       lateral (select coalesce(rows.cells[${at + 1}], '') as before) cell
     where results.batch_id = ${batchId} and results.code = ${code} ${ofState}) cells`;
}

/**
 * Gives the cells that a fix changes, up to `limit`, of rows after `after`. Once a batch has run, those of failed rows only.
 * @throws Problem body_invalid for a cell that would be too long
 */
export async function readFixed(
  tx: Tx,
  { label, cells }: PlacedFix,
  { planned, after, limit }: { planned: boolean; after: number; limit: number },
): Promise<FixedCell[]> {
  const found = await tx.rows<FixedCell>(sql`
    select row_no as "rowNo", before, after from ${cells}
    where before <> after and (${planned} or state = 'failed') and row_no > ${after} order by row_no limit ${limit}`);
  for (const cell of found) {
    if (cell.after.length > longestCell) throw tooLong(cell.rowNo, label);
  }
  return found;
}

function tooLong(row: number, column: string): Problem {
  const message = `Row ${row}: the cell would be longer than ${longestCell} characters.`;
  return new Problem("body_invalid", message, { errors: [{ row, column, message }] });
}
