import type { CoreContext } from "../context.ts";

/** Days that the cells of ended batches, and of plans that nobody starts, are kept; outcomes stay. */
export type SweepLimits = { keepRowsDays: number };

/** Hours after which an upload that never became a plan is given up: its process is gone. */
const stagingHours = 24;
const idempotencyHours = 24;
/** Batches of old cells dropped in one sweep; the next sweep takes the rest. */
const batchesAtOnce = 20;

/** Clears what has outlived its time and gives how many of each kind went. Safe to run at any moment, and twice. */
export async function sweep(context: CoreContext, limits: SweepLimits): Promise<Record<string, number>> {
  const { sql } = context.db;
  const now = context.now();
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const passwords = await sql`delete from temporary_passwords where expires_at <= ${now}`;
  const keys = await sql`delete from idempotency_keys where created_at < ${hoursAgo(idempotencyHours)}`;
  const uploads = await sql`
    update batches set state = 'rejected', finished_at = ${now}, stopped_code = 'upload_interrupted',
      stopped_message = 'The upload broke off before the file was whole. Nothing of it was kept; send the file again.'
    where state = 'staging' and created_at < ${hoursAgo(stagingHours)}`;
  const cells = await sql`
    with old as materialized (
      select id from batches
      where finished_at < ${hoursAgo(limits.keepRowsDays * 24)} and exists (select from rows where batch_id = batches.id)
      limit ${batchesAtOnce}
    )
    delete from rows where batch_id in (select id from old)`;
  const plans = await sql`
    with old as materialized (
      select id from batches where state = 'ready' and created_at < ${hoursAgo(limits.keepRowsDays * 24)}
      order by id limit ${batchesAtOnce} for update skip locked
    ), cancelled as (
      update batches set state = 'cancelled', finished_at = ${now}, stopped_code = 'plan_expired',
        stopped_message = ${`Nobody started this plan for ${limits.keepRowsDays} days, so that its rows were removed. Upload the file again.`}
      where id in (select id from old)
    ), results as (
      update row_results set state = 'cancelled' where batch_id in (select id from old) and state = 'pending'
    ), ended as (
      update chunks set state = 'done', cancelled = cancelled + pending, pending = 0
      where batch_id in (select id from old)
    )
    delete from rows where batch_id in (select id from old)`;
  const workers = await sql`delete from workers where seen_at < ${hoursAgo(1)}`;
  return {
    passwords: passwords.count,
    idempotencyKeys: keys.count,
    uploads: uploads.count,
    cells: cells.count + plans.count,
    workers: workers.count,
  };
}
