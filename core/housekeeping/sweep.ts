import { expireGrants } from "../access/agents/expire-grants.ts";
import type { CoreContext } from "../context.ts";
import { expirePlans } from "./expire-plans.ts";
import { expireQuestions } from "./expire-questions.ts";
import { removeExpired } from "./remove-expired.ts";

/** Days that the cells of ended batches, and of plans that nobody starts, are kept; outcomes stay. */
export type SweepLimits = { keepRowsDays: number };

const idempotencyHours = 24;
const deliveryDays = 30;
/** Batches of old cells dropped in one sweep; the next sweep takes the rest. */
const batchesAtOnce = 20;

/** Clears what has outlived its time and gives how many of each kind went. Safe to run at any moment, and twice. */
export async function sweep(context: CoreContext, limits: SweepLimits): Promise<Record<string, number>> {
  const { sql } = context.db;
  const now = context.now();
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  // A temporary password has ended the chosen one for good, also when nobody ever used it.
  await sql`delete from user_passwords using temporary_passwords secret
    where secret.user_id = user_passwords.user_id and secret.expires_at <= ${now}`;
  const passwords = await sql`delete from temporary_passwords where expires_at <= ${now}`;
  const links = await sql`delete from password_links where expires_at <= ${now}`;
  await sql`delete from attempts where until <= ${now}`;
  await sql`delete from request_counts where opens_at < ${hoursAgo(1)}`;
  const keys = await sql`delete from idempotency_keys where created_at < ${hoursAgo(idempotencyHours)}`;
  await sql`delete from webhook_deliveries where ended_at < ${hoursAgo(deliveryDays * 24)}`;
  await sql`delete from chunk_runs where ended_at < ${hoursAgo(limits.keepRowsDays * 24)}`;
  const cells = await sql`
    with old as materialized (
      select id from batches
      where finished_at < ${hoursAgo(limits.keepRowsDays * 24)} and exists (select from rows where batch_id = batches.id)
      limit ${batchesAtOnce}
    ), names as (
      delete from row_names where batch_id in (select id from old)
    ), fixed as (
      delete from fixed_cells where fix_id in (select id from fixes where batch_id in (select id from old))
    ), undoable as (
      delete from fixes where batch_id in (select id from old)
    )
    delete from rows where batch_id in (select id from old)`;
  const refused = await sql`
    delete from refused_rows where bundle_id in (
      select id from bundles where created_at < ${hoursAgo(limits.keepRowsDays * 24)}
        and exists (select from refused_rows where bundle_id = bundles.id) limit ${batchesAtOnce})`;
  const ofPlans = await expirePlans(context, limits.keepRowsDays);
  const workers = await sql`delete from workers where seen_at < ${hoursAgo(1)}`;
  const users = await removeExpired(context);
  const grants = await expireGrants(context);
  // The last, as one that somebody is answering in this moment ends the sweep.
  await expireQuestions(context, limits.keepRowsDays);
  return {
    users,
    grants,
    passwords: passwords.count,
    links: links.count,
    idempotencyKeys: keys.count,
    cells: cells.count + refused.count + ofPlans,
    workers: workers.count,
  };
}
