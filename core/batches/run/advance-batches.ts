import type { Database } from "../../../db/open-database.ts";
import { inTransaction } from "../../../db/in-transaction.ts";
import { mayMoveSql, moveBatches } from "../state/move-batches.ts";
import { openChunkSql } from "../state/move-chunks.ts";
import { beginBatch } from "./begin-batch.ts";
import { type FinishedBatch, finishedColumnsSql, finishedTotalsSql } from "./finished-batch.ts";
import { sql } from "../../../db/sql-text.ts";

const overSql = sql`not exists (select from chunks where batch_id = batches.id and ${openChunkSql})`;

const nextSql = sql`
  select id, true as due from batches where ${mayMoveSql("begin")} and start_at <= now()
  union all
  select id, false from batches where ${mayMoveSql("finish")} and ${overSql}`;

/**
 * Finishes running batches that have no chunk left, which it tells `onFinished`, and begins scheduled ones whose time has come. One
 * that cannot begin holds up no other one. It runs apart from the chunks' transactions, because of two last chunks that commit at
 * once neither sees that the other is done.
 * @throws what the first batch that could not begin has thrown, once all others have begun
 */
export async function advanceBatches(db: Database, onFinished?: (batch: FinishedBatch) => void): Promise<void> {
  const next = await db.sql<{ id: string; due: boolean }[]>`${db.sql.unsafe(nextSql.constant())}`;
  const over = next.filter(({ due }) => !due).map(({ id }) => id);
  for (const batch of over.length === 0 ? [] : await finishBatches(db, over)) onFinished?.(batch);
  const errors: unknown[] = [];
  for (const { id, due } of next) if (due) await beginBatch(db, id).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
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
