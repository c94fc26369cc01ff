import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { holdBatch, requirePlan, requireRows } from "../state/hold-batch.ts";
import { startBatch } from "../plan/start-batch.ts";
import { batchTransitions } from "../state/transitions.ts";

/** Whether a new batch starts along with its plan: at once, or at `startAt`. */
export type Start = { apply: boolean; startAt?: Date | undefined };

/**
 * Starts a planned batch now, or at `startAt`. With `planVersion`, only that plan is started.
 * @throws Problem not_found, batch_state, plan_changed,
 * plan_without_rows.
 */
export async function applyBatch(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  { planVersion, startAt }: { planVersion?: number | undefined; startAt?: Date | undefined } = {},
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, batchTransitions.start.from, "apply");
    requirePlan(batch, planVersion);
    await requireRows(tx, batch);
    await applyHeld(context, tx, actor, batch, startAt);
    await actor.recordResult?.(tx, batchId);
  });
}

/** Starts a planned batch that the caller holds, or has just written, now or at `startAt`. */
export async function applyHeld(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  { id: batchId, customerId }: { id: string; customerId: string },
  startAt?: Date,
): Promise<void> {
  await startBatch(tx, actor, batchId, startAt !== undefined && startAt > context.now() ? startAt : null);
  await recordAct(tx, actor, { operation: "apply_batch", customerId, batchId });
}
