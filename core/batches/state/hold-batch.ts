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
  if (!states.includes(batch.state)) throw wrongState(batch, states, act);
  return batch;
}

/** What keeps `act` from a batch that is in none of `states`. */
export function wrongState(
  { id: batchId, no, state }: Pick<HeldBatch, "id" | "no" | "state">,
  states: readonly BatchState[],
  act: string,
): Problem {
  const detail = `Batch ${no} is ${state}; to ${act} it, it must be ${states.join(" or ")}.`;
  return new Problem("batch_state", detail, { batchId });
}

/** Goes on only where the batch still has the plan `planVersion`, or that is undefined. @throws Problem plan_changed */
export function requirePlan(batch: HeldBatch, planVersion: number | undefined): void {
  if (planVersion === undefined || planVersion === batch.planVersion) return;
  throw otherPlan(batch, planVersion);
}

/** What keeps an agent who looked at the plan `seen` from answering for the one that the batch has now. */
export function otherPlan({ id: batchId, planVersion }: Pick<HeldBatch, "id" | "planVersion">, seen: number): Problem {
  const detail = `You looked at plan ${seen}; the plan is now ${planVersion}. Look again.`;
  return new Problem("plan_changed", detail, { batchId });
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
