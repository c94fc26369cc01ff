import type { Database } from "../../../db/open-database.ts";
import { inTransaction } from "../../../db/in-transaction.ts";
import { mayMoveSql, moveBatches, moveBatchesSql } from "../state/move-batches.ts";
import { openChunkSql } from "../state/move-chunks.ts";
import { type FinishedBatch, finishedColumnsSql, finishedTotalsSql } from "./finished-batch.ts";
import { sql } from "../../../db/sql-text.ts";

const overSql = sql`not exists (select from chunks where batch_id = batches.id and ${openChunkSql})`;

const beginSql = moveBatchesSql("begin", {
  where: sql`id in (
    select id from batches where ${mayMoveSql("begin")} and start_at <= now() order by id for update skip locked)`,
});

/**
 * Starts scheduled batches whose time has come and finishes running ones that have no chunk left, which it gives. It runs apart from
 * the chunks' transactions, because of two last chunks that commit at once neither sees that the other is done.
 */
export async function advanceBatches(db: Database): Promise<FinishedBatch[]> {
  const moved = await db.sql<{ id: string; over: boolean }[]>`
    with due as (
      ${db.sql.unsafe(beginSql.constant())} returning id
    )
    select id, false as over, pg_notify('muster_batch', id::text)::text from due
    union all
    select id, true, null from batches where ${db.sql.unsafe(sql`${mayMoveSql("finish")} and ${overSql}`.constant())}`;
  const over = moved.filter((batch) => batch.over).map((batch) => batch.id);
  return over.length === 0 ? [] : await finishBatches(db, over);
}

/**
 * Finishes those of the batches that are over at a second look, under their locks: a statement that waited for a retry
 * would see the batch after the retry, but the chunks as they were before it. One that is held now is left for later.
 */
async function finishBatches(db: Database, batchIds: string[]): Promise<FinishedBatch[]> {
  return await inTransaction(db.pool, async (tx) => {
    const held = await tx.rows<{ id: string }>(
      sql`select id from batches where id = any(${batchIds}) order by id for update skip locked`,
    );
    const ids = held.map((batch) => batch.id);
    const finished = await moveBatches(tx, "finish", ids, { where: overSql });
    return finished.length === 0 ? [] : await tx.rows<FinishedBatch>(finishedSql(finished));
  });
}

const finishedSql = (batchIds: readonly string[]) => sql`
select ${finishedColumnsSql}
from batches finished cross join lateral ${finishedTotalsSql} totals where finished.id = any(${batchIds}) order by finished.no`;
