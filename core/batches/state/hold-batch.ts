import type { BatchState } from "../../../contract/batch.ts";
import { Problem } from "../../../contract/problem.ts";
import { allowLong, type Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";

export type HeldBatch = {
  id: string;
  no: number;
  customerId: string;
  state: BatchState;
  planVersion: number;
  /** Where a retry of it awaits approval: the state that it had before. */
  retriedFrom: "finished" | "cancelled" | null;
};

/** The states of a batch in which cells of its rows can be changed. */
export const changeable: readonly BatchState[] = ["ready", "running", "paused", "finished", "cancelled"];

/**
 * Locks the batch's row for a change of its state, when it is in one of `states`.
 * @throws Problem not_found; batch_state, which names the state and those that would do.
 */
export async function holdBatch(
  tx: Tx,
  batchId: string,
  states: readonly BatchState[],
  act: string,
): Promise<HeldBatch> {
  const [, [batch]] = await tx.together(
    () => allowLong(tx),
    () =>
      tx.rows<HeldBatch>(
        sql`select id, no, customer_id as "customerId", state, plan_version as "planVersion",
           case when state = 'awaiting_approval' then approval -> 'retry' ->> 'from' end as "retriedFrom"
         from batches where id = ${batchId} for update`,
      ),
  );
  if (batch === undefined) throw new Problem("not_found", "There is no such batch.");
  if (!states.includes(batch.state)) {
    throw new Problem(
      "batch_state",
      `Batch ${batch.no} is ${batch.state}; to ${act} it, it must be ${states.join(" or ")}.`,
      { batchId },
    );
  }
  return batch;
}

/** Goes on only where the batch still has the plan `planVersion`, or that is undefined. @throws Problem plan_changed */
export function requirePlan(batch: HeldBatch, planVersion: number | undefined): void {
  if (planVersion === undefined || planVersion === batch.planVersion) return;
  throw new Problem(
    "plan_changed",
    `You looked at plan ${planVersion}; the plan is now ${batch.planVersion}. Look again.`,
    { batchId: batch.id },
  );
}

/** A plan whose rows all fail is not started: it waits for its rows to be mended. @throws Problem plan_without_rows */
export async function requireRows(tx: Tx, { id: batchId, no }: HeldBatch): Promise<void> {
  const rows = await tx.rows(sql`select from chunks where batch_id = ${batchId} and pending > 0 limit 1`);
  if (rows.length > 0) return;
  throw new Problem(
    "plan_without_rows",
    `Every row of batch ${no} fails as it is planned. Mend rows, or change the mapping or the options, and start it then.`,
    { batchId },
  );
}
