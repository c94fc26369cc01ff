import { blockRows } from "../../../files/table/block-rows.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { readEditedHead } from "../work-rows/batch-head.ts";
import { changeable, holdBatch, requirePlan } from "../state/hold-batch.ts";
import type { PlacedRow } from "./place-cells.ts";
import { writeCells } from "./write-cells.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Takes a fix back: each of its rows gets the cell that it had before. Rows whose cell was changed again since, or that
 * were carried out, stay as they are. A fix that was undone is left alone.
 * @throws Problem not_found, batch_state, plan_changed
 */
export async function undoFix(
  context: CoreContext,
  actor: Actor,
  { batchId, fixId }: { batchId: string; fixId: string },
  { planVersion }: { planVersion?: number | undefined } = {},
): Promise<{ id: string }> {
  return await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, changeable, "change rows of");
    requirePlan(batch, planVersion);
    const [fix] = await tx.rows<{ place: number; undone: boolean }>(
      sql`select place, undone_at is not null as undone from fixes where id = ${fixId} and batch_id = ${batchId}`,
    );
    if (fix === undefined) throw new Problem("not_found", "The batch has no such fix.", { batchId });
    if (!fix.undone) {
      const table = await readEditedHead(tx, batchId);
      const from = { batchId, fixId, place: fix.place, planned: batch.state === "ready" };
      const undone = { rows: 0 };
      await writeCells(context, tx, actor, { batch, table }, formerBlocks(tx, from, undone));
      await tx.rows(sql`update fixes set undone_at = now(), kept = rows - ${undone.rows} where id = ${fixId}`);
      await tx.rows(sql`delete from fixed_cells where fix_id = ${fixId}`);
    }
    await actor.recordResult?.(tx, fixId);
    return { id: fixId };
  });
}

type From = { batchId: string; fixId: string; place: number; planned: boolean };

/** The rows that a fix can be taken back in, 1,000 at a time; `undone` counts them. */
async function* formerBlocks(
  tx: Tx,
  { batchId, fixId, place, planned }: From,
  undone: { rows: number },
): AsyncGenerator<PlacedRow[]> {
  for (let after = 0; ;) {
    const block = await tx.rows<{ rowNo: number; before: string }>(
      sql`select fixed.row_no as "rowNo", fixed.before
       from fixed_cells fixed
       join rows on rows.batch_id = ${batchId} and rows.row_no = fixed.row_no
       join row_results results on results.batch_id = ${batchId} and results.row_no = fixed.row_no
       where fixed.fix_id = ${fixId} and coalesce(rows.cells[${place}], '') = fixed.after
         and (${planned} or results.state = 'failed')
         and fixed.row_no > ${after}
       order by fixed.row_no limit ${blockRows}`,
    );
    const last = block.at(-1);
    if (last === undefined) return;
    undone.rows += block.length;
    yield block.map(({ rowNo, before }) => ({ rowNo, cells: new Map([[place - 1, before]]) }));
    after = last.rowNo;
  }
}
