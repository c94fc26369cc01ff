import { allowLong, inTransaction } from "../../db/in-transaction.ts";
import { cancelRows } from "../batches/run/cancel-rows.ts";
import { mayMoveSql, moveBatches } from "../batches/state/move-batches.ts";
import { moveChunks } from "../batches/state/move-chunks.ts";
import type { CoreContext } from "../context.ts";
import { sql } from "../../db/sql-text.ts";

/** Plans that are cancelled in one sweep; the next sweep takes the rest. */
const plansAtOnce = 20;

/**
 * Cancels plans that nobody has started for `days`, and removes their rows; outcomes stay. Gives how many rows went. A plan
 * that somebody else has locked is left for the next sweep. A batch that has ended, and of which a retry awaits approval, is no plan.
 */
export async function expirePlans(context: CoreContext, days: number): Promise<number> {
  const now = context.now();
  const madeBefore = new Date(now.getTime() - days * 86_400_000);
  return await inTransaction(context.db.pool, async (tx) => {
    await allowLong(tx);
    const old = await tx.rows<{ id: string }>(
      sql`select id from batches where ${mayMoveSql("expire")} and created_at < ${madeBefore}
         and finished_at is null
       order by id limit ${plansAtOnce} for update skip locked`,
    );
    if (old.length === 0) return 0;
    const ids = old.map(({ id }) => id);
    const message = `Nobody started this plan for ${days} days, so that its rows were removed. Upload the file again.`;
    await moveBatches(tx, "expire", ids, {
      set: sql`finished_at = ${now}, stopped_code = 'plan_expired', stopped_message = ${message}`,
    });
    await cancelRows(tx, ids, "time");
    for (const id of ids) await moveChunks(tx, "expire", id);
    const [removed] = await tx.rows<{ rows: number }>(removeRowsSql(ids));
    return removed?.rows ?? 0;
  });
}

const removeRowsSql = (batchIds: readonly string[]) => sql`
with fixed as (
  delete from fixed_cells where fix_id in (select id from fixes where batch_id = any(${batchIds}))
), undoable as (
  delete from fixes where batch_id = any(${batchIds})
), removed as (
  delete from rows where batch_id = any(${batchIds}) returning 1
) select count(*)::int as rows from removed`;
