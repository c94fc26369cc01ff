import { inTransaction } from "../../db/in-transaction.ts";
import type { Actor } from "../actor.ts";
import { recordAct } from "../audit/record-act.ts";
import { takeOver } from "../authority/take-over.ts";
import type { CoreContext } from "../context.ts";
import { holdBatch, requirePlan } from "./hold-batch.ts";
import { startBatch } from "./start-batch.ts";

/**
 * Starts a planned batch now, or at `startAt`. With `planVersion`, only that plan is started.
 * @throws Problem not_found, batch_state, plan_changed.
 */
export async function applyBatch(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  { planVersion, startAt }: { planVersion?: number | undefined; startAt?: Date | undefined } = {},
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, ["ready"], "apply");
    requirePlan(batch, planVersion);
    await takeOver(tx, actor, batchId);
    await startBatch(tx, batchId, startAt !== undefined && startAt > context.now() ? startAt : null);
    await recordAct(tx, actor, { operation: "apply_batch", customerId: batch.customerId, batchId });
  });
}
