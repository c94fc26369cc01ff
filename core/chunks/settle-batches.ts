import type { Database } from "../../db/open-database.ts";

/**
 * Starts scheduled batches whose time has come and finishes running ones that have no chunk left. It runs apart from
 * the chunks' transactions, because of two last chunks that commit at once neither sees that the other is done.
 */
export async function settleBatches(db: Database): Promise<void> {
  await db.sql`
    with due as (
      update batches set state = 'running', started_at = now()
      where state = 'scheduled' and start_at <= now() returning id
    ), done as (
      update batches set state = 'finished', finished_at = now()
      where state = 'running'
        and not exists (select from chunks where batch_id = batches.id and state in ('ready', 'queued'))
      returning id
    )
    select pg_notify('muster_batch', id::text) from (select id from due union all select id from done) moved`;
}
