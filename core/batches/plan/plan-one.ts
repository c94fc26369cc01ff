import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { carrierOf } from "../../access/authority/authority.ts";
import type { CoreContext } from "../../context.ts";
import { needsOfSql } from "../../directory/licenses/seat-needs.ts";
import type { QueuedChunk } from "../../queued-chunk.ts";
import { isZeroDivide } from "../../sql/is-zero-divide.ts";
import { wholeBatch } from "../work-rows/plan-scope.ts";
import { createHitsSql } from "./count-hits.ts";
import { cutChunks, emptyPlan } from "./cut-chunks.ts";
import { decideRows } from "./decide-rows.ts";
import { forbidRows } from "./forbid-rows.ts";
import { type PlannedBatch, restorableSince } from "./plan-batch.ts";
import { startQueued } from "./start-batch.ts";

/** The plan hits users or lacks seats; `planBatch` says what becomes of it then. */
export class MoreToPlan extends Error {
  override name = "MoreToPlan";
}

/**
 * Plans a batch of one row that creates a user and has a name of its own, and takes its chunk for the queue, along with the commit: what
 * `planBatch` does, where the plan hits nobody and has a seat for each license. Gives the chunk as that does.
 * @throws MoreToPlan where the plan is another one; the transaction has to be undone then.
 */
export async function planOne(context: CoreContext, tx: Tx, batch: PlannedBatch): Promise<QueuedChunk | null> {
  const set = sql`(plan, seats, plan_version) = (${sumsSql(batch)})`;
  try {
    const [, , , chunk] = await tx.last(
      () => decideRows(tx, batch, restorableSince(context), wholeBatch),
      () => forbidRows(tx, batch, batch.actor.authority, wholeBatch),
      () => cutChunks(tx, batch.id, null),
      () => startQueued(tx, carrierOf(batch.actor), batch.id, { set }),
    );
    return chunk;
  } catch (error) {
    // Whatever else divides by zero does so again on the longer way, and is raised there.
    throw isZeroDivide(error) ? new MoreToPlan() : error;
  }
}

const sumsSql = (batch: PlannedBatch): SqlText => sql`
  select ${JSON.stringify(emptyPlan)}::jsonb || planned.counts, needed.seats,
    plan_version + 1 / (hits.users + hits.admins = 0 and needed.free)::int
  from (select jsonb_object_agg(plan, 1) as counts from row_results where batch_id = ${batch.id}) planned,
    (select coalesce(jsonb_agg(need), '[]') as seats, coalesce(bool_and(needed <= free), true) as free
      from (${needsOfSql({ id: batch.id, operation: "createUsers" }, batch.customerId, wholeBatch)}) need) needed,
    (${createHitsSql(batch)}) hits`;
