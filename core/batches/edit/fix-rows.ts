import { blockRows } from "../../../files/table/block-rows.ts";
import type { FixChange } from "../../../contract/fix.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { readEditedHead } from "../work-rows/batch-head.ts";
import { addColumns } from "./edit-rows.ts";
import { placeFix, type PlacedFix, readFixed } from "./fix-cells.ts";
import { changeable, holdBatch, requirePlan } from "../state/hold-batch.ts";
import type { PlacedRow } from "./place-cells.ts";
import { writeCells } from "./write-cells.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Makes one change of a column in all rows with a cause, as `changeRows` would make it in each of them, and gives the id
 * under which it can be undone.
 * @throws Problem not_found, batch_state, plan_changed, body_invalid, too_many_columns
 */
export async function fixRows(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  fix: FixChange,
  { planVersion }: { planVersion?: number | undefined } = {},
): Promise<{ id: string }> {
  return await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, changeable, "change rows of");
    requirePlan(batch, planVersion);
    const before = await readEditedHead(tx, batchId);
    const placed = placeFix(before, fix);
    const planned = batch.state === "ready";
    const id = newId();
    const [one] = await readFixed(tx, placed, { planned, after: 0, limit: 1 });
    if (one !== undefined) {
      const table = await addColumns(tx, before, placed.widened);
      await writeCells(context, tx, actor, { batch, table }, fixedBlocks(tx, id, placed, planned));
    }
    await tx.rows(
      sql`insert into fixes (id, batch_id, place, label, rows, actor_id, actor_name)
       select ${id}, ${batchId}, ${placed.at + 1}, ${placed.label},
         (select count(*) from fixed_cells where fix_id = ${id}), ${actor.id}, ${actor.name}`,
    );
    await actor.recordResult?.(tx, id);
    return { id };
  });
}

/** The rows that a fix changes, 1,000 at a time, each cell of which is kept for its undoing. */
async function* fixedBlocks(tx: Tx, fixId: string, placed: PlacedFix, planned: boolean): AsyncGenerator<PlacedRow[]> {
  for (let after = 0; ;) {
    const block = await readFixed(tx, placed, { planned, after, limit: blockRows });
    const last = block.at(-1);
    if (last === undefined) return;
    await tx.rows(
      sql`insert into fixed_cells (fix_id, row_no, before, after) select ${fixId}, * from unnest(
        ${block.map(({ rowNo }) => rowNo)}::int[], ${block.map(({ before }) => before)}::text[],
        ${block.map((cell) => cell.after)}::text[])`,
    );
    yield block.map((cell) => ({ rowNo: cell.rowNo, cells: new Map([[placed.at, cell.after]]) }));
    after = last.rowNo;
  }
}
