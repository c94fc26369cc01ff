import type { Row, RowChange } from "../../contract/batch.ts";
import { Problem } from "../../contract/problem.ts";
import { inTransaction, type Tx } from "../../db/in-transaction.ts";
import { notifyBatch } from "../../db/notify.ts";
import type { Actor } from "../actor.ts";
import type { CoreContext } from "../context.ts";
import { loadReading } from "../inputs/load-reading.ts";
import { readBatchTable, type BatchTable } from "./batch-table.ts";
import { addColumns, editRows, heldRows, type HeldRow } from "./edit-rows.ts";
import { holdBatch, requirePlan } from "./hold-batch.ts";
import { readRows } from "./list-rows.ts";
import { placeCells, type Placed } from "./place-cells.ts";
import { recheckFailed, replanEdited } from "./replan-edited.ts";

/**
 * Changes cells of rows. In a planned batch these rows are planned again at once, with every row that hangs on them, and
 * the seats of the whole batch are marked anew. Once a batch has run, only rows that ended failed can be changed; they stay
 * failed, with what is wrong with them now, until they are retried. With `planVersion`, only that plan is changed.
 * @throws Problem not_found, batch_state, which names the row, plan_changed, body_invalid, too_many_columns
 */
export async function changeRows(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  changes: readonly RowChange[],
  { planVersion }: { planVersion?: number | undefined } = {},
): Promise<{ items: Row[]; planVersion: number }> {
  const rowNos = changes.map(({ rowNo }) => rowNo);
  refuseTwice(rowNos);
  const version = await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(
      tx,
      batchId,
      ["ready", "running", "paused", "finished", "cancelled"],
      "change rows of",
    );
    requirePlan(batch, planVersion);
    const planned = batch.state === "ready";
    const before = await readBatchTable(tx, batchId);
    const placed = placeCells(before, changes);
    const table = await addColumns(tx, before, placed);
    const held = await heldRows(tx, batchId, rowNos);
    for (const rowNo of rowNos) requireChangeable(batch, rowNo, held.get(rowNo));
    const edited = await editRows(context, tx, table, placed.rows, held);
    const reading = await loadReading(context, table.customerId, table.options, table);
    const names = [...held.values()].flatMap(({ name, built }) => [name, built]).filter((name) => name !== null);
    if (planned) await replanEdited(context, tx, actor, { table, reading, edited, names });
    else await recheckFailed(tx, { table, reading, edited, names });
    await recordChanges(tx, actor, table, placed);
    await notifyBatch(tx, batchId);
    return batch.planVersion + (planned ? 1 : 0);
  });
  return { items: await readRows(context, batchId, rowNos), planVersion: version };
}

/** Writes an audit record for each row, of which fields were changed and never to what: who applies it later is another's. */
async function recordChanges(
  tx: Tx,
  actor: Actor,
  { id, customerId, header, columns }: BatchTable,
  { rows }: Placed,
): Promise<void> {
  const changed = rows.map(({ rowNo, cells }) => ({
    rowNo,
    after: { fields: [...cells.keys()].map((at) => columns[at] ?? header[at] ?? `Column ${at + 1}`) },
  }));
  await tx.rows(recordSql, [actor.id, actor.name, customerId, id, JSON.stringify(changed)]);
}

const recordSql = `
insert into audit (actor_id, actor_name, customer_id, operation, status, batch_id, row_no, user_id, after)
select $1, $2, $3, 'change_row', 'succeeded', $4, changed."rowNo", results.user_id, changed.after
from json_to_recordset($5) changed ("rowNo" int, after json)
join row_results results on results.batch_id = $4 and results.row_no = changed."rowNo"
order by changed."rowNo"`;

function refuseTwice(rowNos: readonly number[]): void {
  const twice = rowNos.find((rowNo, at) => rowNos.indexOf(rowNo) !== at);
  if (twice === undefined) return;
  throw new Problem("body_invalid", `Row ${twice} stands twice in the request. Put all its values together.`, {
    errors: [{ row: twice, message: "The row stands twice." }],
  });
}

function requireChangeable(
  batch: { id: string; no: number; state: string },
  rowNo: number,
  row: HeldRow | undefined,
): void {
  if (row === undefined) {
    throw new Problem("not_found", `Batch ${batch.no} has no row ${rowNo}.`, {
      batchId: batch.id,
      errors: [{ row: rowNo, message: "There is no such row." }],
    });
  }
  if (row.cells === null) {
    throw rowState(
      batch.id,
      rowNo,
      `The cells of row ${rowNo} have outlived their time and cannot be changed any more.`,
    );
  }
  if (batch.state === "ready" || row.state === "failed") return;
  throw rowState(
    batch.id,
    rowNo,
    `Row ${rowNo} is ${row.state}; in a batch that is ${batch.state}, only failed rows can be changed.`,
  );
}

function rowState(batchId: string, row: number, message: string): Problem {
  return new Problem("batch_state", message, { batchId, errors: [{ row, message }] });
}
