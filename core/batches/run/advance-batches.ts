import type { Database } from "../../../db/open-database.ts";
import { inTransaction } from "../../../db/in-transaction.ts";
import { mayMoveSql, moveBatches, moveBatchesSql } from "../state/move-batches.ts";
import { openChunkSql } from "../state/move-chunks.ts";

const overSql = `not exists (select from chunks where batch_id = batches.id and ${openChunkSql})`;

const beginSql = moveBatchesSql("begin", {
  where: `id in (
    select id from batches where ${mayMoveSql("begin")} and start_at <= now() order by id for update skip locked)`,
});

/**
 * Starts scheduled batches whose time has come and finishes running ones that have no chunk left. It runs apart from
 * the chunks' transactions, because of two last chunks that commit at once neither sees that the other is done.
 */
export async function advanceBatches(db: Database): Promise<void> {
  const moved = await db.sql<{ id: string; over: boolean }[]>`
    with due as (
      ${db.sql.unsafe(beginSql)} returning id
    )
    select id, false as over, pg_notify('muster_batch', id::text)::text from due
    union all
    select id, true, null from batches where ${db.sql.unsafe(`${mayMoveSql("finish")} and ${overSql}`)}`;
  const over = moved.filter((batch) => batch.over).map((batch) => batch.id);
  if (over.length > 0) await finishBatches(db, over);
}

/**
 * Finishes those of the batches that are over at a second look, under their locks: a statement that waited for a retry
 * would see the batch after the retry, but the chunks as they were before it. One that is held now is left for later.
 */
async function finishBatches(db: Database, batchIds: string[]): Promise<void> {
  await inTransaction(db.pool, async (tx) => {
    const held = await tx.rows<{ id: string }>(
      "select id from batches where id = any($1) order by id for update skip locked",
      [batchIds],
    );
    const ids = held.map((batch) => batch.id);
    await moveBatches(tx, "finish", ids, { where: overSql });
  });
}
