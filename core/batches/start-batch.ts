import type { Tx } from "../../db/in-transaction.ts";
import { notifyBatch, notifyDispatch } from "../../db/notify.ts";

/**
 * Sets a planned batch going, or schedules it for `startAt`: its chunks with pending rows become ready and the workers
 * are told. The caller holds the batch's row, or has just written it.
 */
export async function startBatch(tx: Tx, batchId: string, startAt: Date | null = null): Promise<void> {
  await tx.together(
    () => tx.rows(startSql, [batchId, startAt]),
    () => notifyBatch(tx, batchId),
    () => notifyDispatch(tx),
  );
}

const startSql = `
with started as (
  update batches set state = case when $2::timestamptz is null then 'running' else 'scheduled' end,
    start_at = $2, started_at = case when $2::timestamptz is null then now() end
  where id = $1
)
update chunks set state = case when pending > 0 then 'ready' else 'done' end
where batch_id = $1 and state = 'planned'`;
