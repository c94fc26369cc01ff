import type { Tx } from "../../db/in-transaction.ts";
import { notifyBatch, notifyDispatch } from "../../db/notify.ts";
import type { Actor } from "../actor.ts";
import { carrierOf } from "../authority/authority.ts";

/**
 * Sets a planned batch going, or schedules it for `startAt`: its chunks with pending rows become ready, to be carried out for
 * `actor` and by what they may do then, and the workers are told. The caller holds the batch's row, or has just written it.
 */
export async function startBatch(tx: Tx, actor: Actor, batchId: string, startAt: Date | null = null): Promise<void> {
  await tx.together(
    () => tx.rows(startSql, [batchId, startAt, JSON.stringify(carrierOf(actor))]),
    () => notifyBatch(tx, batchId),
    () => notifyDispatch(tx),
  );
}

const startSql = `
with started as (
  update batches set state = case when $2::timestamptz is null then 'running' else 'scheduled' end,
    start_at = $2, started_at = case when $2::timestamptz is null then now() end, stopped_code = null, stopped_message = null
  where id = $1
)
update chunks set state = case when pending > 0 then 'ready' else 'done' end, carrier = $3
where batch_id = $1 and state = 'planned'`;
