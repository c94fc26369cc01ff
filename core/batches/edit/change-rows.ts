import type { Row, RowChange } from "../../../contract/batch.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { readEditedHead } from "../work-rows/batch-head.ts";
import { addColumns } from "./edit-rows.ts";
import { changeable, holdBatch, requirePlan } from "../state/hold-batch.ts";
import { readRows } from "../read/list-rows.ts";
import { placeCells } from "./place-cells.ts";
import { writeCells } from "./write-cells.ts";

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
    const batch = await holdBatch(tx, batchId, changeable, "change rows of");
    requirePlan(batch, planVersion);
    const before = await readEditedHead(tx, batchId);
    const placed = placeCells(before, changes);
    const table = await addColumns(tx, before, placed);
    await writeCells(context, tx, actor, { batch, table }, [placed.rows]);
    return batch.planVersion + (batch.state === "ready" ? 1 : 0);
  });
  return { items: await readRows(context, batchId, rowNos), planVersion: version };
}

function refuseTwice(rowNos: readonly number[]): void {
  const twice = rowNos.find((rowNo, at) => rowNos.indexOf(rowNo) !== at);
  if (twice === undefined) return;
  throw new Problem("body_invalid", `Row ${twice} stands twice in the request. Put all its values together.`, {
    errors: [{ row: twice, message: "The row stands twice." }],
  });
}
