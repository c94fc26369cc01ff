import { allowLong, inTransaction } from "../../db/in-transaction.ts";
import { cancelRows } from "../batches/run/cancel-rows.ts";
import { mayMoveSql, moveBatches } from "../batches/state/move-batches.ts";
import { moveChunks } from "../batches/state/move-chunks.ts";
import type { CoreContext } from "../context.ts";

/** Plans that are cancelled in one sweep; the next sweep takes the rest. */
const plansAtOnce = 20;

/**
 * Cancels plans that nobody has started for `days`, and removes their rows; outcomes stay. Gives how many rows went. A plan
 * that somebody else has locked is left for the next sweep.
 */
export async function expirePlans(context: CoreContext, days: number): Promise<number> {
  const now = context.now();
  const madeBefore = new Date(now.getTime() - days * 86_400_000);
  return await inTransaction(context.db.pool, async (tx) => {
    await allowLong(tx);
    const old = await tx.rows<{ id: string }>(
      `select id from batches where ${mayMoveSql("expire")} and created_at < $1
       order by id limit ${plansAtOnce} for update skip locked`,
      [madeBefore],
    );
    if (old.length === 0) return 0;
    const ids = old.map(({ id }) => id);
    await moveBatches(tx, "expire", ids, {
      set: "finished_at = $2, stopped_code = 'plan_expired', stopped_message = $3",
      values: [now, `Nobody started this plan for ${days} days, so that its rows were removed. Upload the file again.`],
    });
    await cancelRows(tx, ids, "time");
    for (const id of ids) await moveChunks(tx, "expire", id);
    const [removed] = await tx.rows<{ rows: number }>(removeRowsSql, [ids]);
    return removed?.rows ?? 0;
  });
}

const removeRowsSql = `
with fixed as (
  delete from fixed_cells where fix_id in (select id from fixes where batch_id = any($1))
), undoable as (
  delete from fixes where batch_id = any($1)
), removed as (
  delete from rows where batch_id = any($1) returning 1
) select count(*)::int as rows from removed`;
