import type { FixChange, FixPreview } from "../../../contract/fix.ts";
import { inTransaction } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { CoreContext } from "../../context.ts";
import { readEditedHead } from "../work-rows/batch-head.ts";
import { placeFix, readFixed } from "./fix-cells.ts";
import { changeable, holdBatch } from "../state/hold-batch.ts";

const mostShown = 10;

/** Tells what a fix would do now, and does nothing. @throws Problem not_found, batch_state, body_invalid, too_many_columns */
export async function previewFix(context: CoreContext, batchId: string, fix: FixChange): Promise<FixPreview> {
  return await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, changeable, "change rows of");
    const placed = placeFix(await readEditedHead(tx, batchId), fix);
    const planned = batch.state === "ready";
    const [counted] = await tx.rows<{ rows: number; changes: number }>(sql`
      select count(*)::int as rows, count(*) filter (where before <> after)::int as changes
      from ${placed.cells} where ${planned} or state = 'failed'`);
    const first = await readFixed(tx, placed, { planned, after: 0, limit: mostShown });
    return { rows: 0, changes: 0, ...counted, first };
  });
}
