import { inTransaction } from "../../db/in-transaction.ts";
import { systemActor } from "../actor.ts";
import type { CoreContext } from "../context.ts";
import { removeSql } from "../batches/run/operations/remove-users.ts";
import { restorableSince } from "../batches/plan/plan-batch.ts";
import { sql } from "../../db/sql-text.ts";

/** Users removed in one transaction, and transactions in one call at most; the next call takes the rest. */
const usersAtOnce = 1000;
const mostTurns = 50;

/**
 * Removes users for good who were deleted longer ago than they can be restored, with an audit record for each, and gives how
 * many. Users whom somebody is at work on are left for the next time.
 */
export async function removeExpired(context: CoreContext): Promise<number> {
  let removed = 0;
  for (let turn = 0; turn < mostTurns; turn++) {
    const users = await removeSome(context);
    removed += users;
    if (users < usersAtOnce) break;
  }
  return removed;
}

async function removeSome(context: CoreContext): Promise<number> {
  return await inTransaction(context.db.pool, async (tx) => {
    const expired = await tx.rows<{ id: string }>(
      sql`select id from users where deleted_at <= ${restorableSince(context)}
        order by id limit ${usersAtOnce} for update skip locked`,
    );
    if (expired.length === 0) return 0;
    const ids = expired.map(({ id }) => id);
    const going = sql`select id, null::int as row_no from unnest(${ids}::uuid[]) one (id)`;
    await tx.rows(removeSql(going, { actor: systemActor, batchId: null }));
    return expired.length;
  });
}
