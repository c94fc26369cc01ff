import type { Hits } from "../../../contract/brakes.ts";
import type { RowPlan } from "../../../contract/batch.ts";
import type { Operation } from "../../../contract/operations.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { approvedHits, type BrakedPlan, overApproved } from "../plan/brake-of.ts";
import { countHits, noHits, withUsers } from "../plan/count-hits.ts";
import { readBraked } from "../plan/read-braked.ts";
import { workRows } from "../work-rows/work-table.ts";
import type { Reopened } from "./reopen-rows.ts";

/**
 * Weighs a retry whose rows have just been reopened: why it needs the yes of a second agent, in a sentence, or null. A yes to the
 * plan was about the rows that it carried out; those that failed in the plan itself do not run under it. The limits count for all
 * rows that are pending then; the number to name is that of the reopened ones alone. Other retries of the same file wait, for each
 * makes the file larger.
 */
export async function weighRetry(
  tx: Tx,
  batchId: string,
  { resumed, hits }: Reopened,
): Promise<{ braked: BrakedPlan; why: string | null }> {
  await tx.rows(
    sql`select from bundles where id = (select bundle_id from batches where id = ${batchId}) for no key update`,
  );
  const braked = { ...(await readBraked(tx, batchId)), hits };
  const approved = approvedHits(braked);
  // Without a yes all of them are weighed anyway.
  const untried =
    approved.users + approved.admins === 0 ? noHits : await hitsOf(tx, batchId, resumed, sql`attempts = 0`);
  const why = overApproved(braked, approved, untried);
  // Of a batch that has ended no other row is pending.
  if (why !== null || (braked.state !== "running" && braked.state !== "paused")) return { braked, why };
  return { braked: { ...braked, hits: await hitsOf(tx, batchId, resumed, sql`true`) }, why };
}

type Planned = {
  id: string;
  customerId: string;
  operation: Operation;
  plan: Record<RowPlan, number>;
  rowNos: number[];
};

/** What those of the reopened rows hit for which `which` is true. */
async function hitsOf(tx: Tx, batchId: string, resumed: readonly number[], which: SqlText): Promise<Hits> {
  const [batch] = await tx.rows<Planned>(sql`
    select id, customer_id as "customerId", operation, plan, array(
      select row_no from row_results where batch_id = batches.id and state = 'pending' and ${which}
        and (row_no in (select row_no from ${workRows}) or row_no = any(${resumed}::int[]))) as "rowNos"
    from batches where id = ${batchId}`);
  if (batch === undefined || batch.rowNos.length === 0) return noHits;
  return await withUsers(tx, batch, await countHits(tx, batch, batch.plan, batch.rowNos));
}
