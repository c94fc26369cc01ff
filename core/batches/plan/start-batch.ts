import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { Carrier } from "../../../db/schema/batches.ts";
import { moveBatch, moveBatchesSql, tellMovedSql } from "../state/move-batches.ts";
import { moveChunks, moveChunksSql } from "../state/move-chunks.ts";
import type { QueuedChunk } from "../../queued-chunk.ts";
import { queuedColumnsSql } from "../state/queued-columns-sql.ts";

/**
 * Sets a planned batch going, or schedules it for `startAt`: its chunks with pending rows become ready, to be carried out for
 * `carrier` and by what they may do then, and the workers are told. The caller holds the batch's row, or has just written
 * it, and has seen to its brakes. `set`: SQL for more columns of the batch.
 */
export async function startBatch(
  tx: Tx,
  carrier: Carrier,
  batchId: string,
  { startAt = null, set }: { startAt?: Date | null; set?: SqlText } = {},
): Promise<void> {
  await tx.together(
    () =>
      startAt === null
        ? moveBatch(tx, "start", batchId, { set })
        : moveBatch(tx, "schedule", batchId, {
            set: sql.join([sql`start_at = ${startAt}`, ...(set ? [set] : [])], ", "),
          }),
    () => moveChunks(tx, "start", batchId, { set: carrierSql(carrier) }),
  );
}

/**
 * Sets a planned batch of one chunk going, as `startBatch` does at once, and takes its chunk for the queue, where a new batch
 * of its own has room for one whatever else runs. Gives the chunk, which the caller puts into the queue once the transaction
 * is committed, or null where no row of it is pending; the dispatchers are told then.
 */
export async function startQueued(
  tx: Tx,
  carrier: Carrier,
  batchId: string,
  { set }: { set: SqlText },
): Promise<QueuedChunk | null> {
  const [chunk] = await tx.rows<QueuedChunk>(queueSql(batchId, carrier, set));
  return chunk === undefined || chunk.pending === 0 ? null : chunk;
}

const carrierSql = (carrier: Carrier) => sql`carrier = ${JSON.stringify(carrier)}`;

const queueSql = (batchId: string, carrier: Carrier, set: SqlText) => sql`
with live as (
  ${moveBatchesSql("start", { set, where: sql`id = ${batchId}` })} returning *
), claimed as (
  ${moveChunksSql("startQueued", { set: carrierSql(carrier), where: sql`batch_id = (select id from live)` })} returning *
)
select ${queuedColumnsSql}, ${tellMovedSql("start")},
  case when claimed.pending = 0 then pg_notify('muster_dispatch', '') end
from claimed join live on live.id = claimed.batch_id`;
