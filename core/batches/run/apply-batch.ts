import type { PlanBrake } from "../../../contract/brakes.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { holdBatch, requirePlan, requireRows } from "../state/hold-batch.ts";
import { type PlanStart, type Started, startPlan } from "../plan/start-plan.ts";
import { batchTransitions } from "../state/transitions.ts";

/** Whether a new batch starts along with its plan: at once, or at `startAt`; and what it says of the users that it hits. */
export type Start = { apply: boolean; startAt?: Date | undefined; confirm?: PlanStart["confirm"] };

/**
 * Starts a planned batch now, or at `startAt`, or asks for the yes of a second agent where the plan needs that. With
 * `planVersion`, only that plan is started.
 * @throws Problem not_found, batch_state, plan_changed, plan_without_rows, confirmation_needed
 */
export async function applyBatch(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  { planVersion, startAt, confirm }: { planVersion?: number | undefined } & Omit<Start, "apply"> = {},
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, batchTransitions.start.from, "apply");
    requirePlan(batch, planVersion);
    await requireRows(tx, batch);
    requireConfirmed(batchId, await applyHeld(context, tx, actor, batch, { startAt, confirm }));
    await actor.recordResult?.(tx, batchId);
  });
}

/** Goes on where a plan was not left for want of a number. @throws Problem confirmation_needed */
export function requireConfirmed(batchId: string, { how, brake }: Started): void {
  if (how === "unconfirmed") throw confirmationNeeded(batchId, brake);
}

/** What is said of a plan or a retry whose number of users was not named, or another one. */
export function confirmationNeeded(batchId: string, { why, users }: PlanBrake): Problem {
  const message = `${why ?? ""} To start it, name that number: confirm ${users}.`;
  return new Problem("confirmation_needed", message, { batchId, errors: [{ column: "confirm", message }] });
}

/** Starts a planned batch that the caller holds, or has just written, now or at `startAt`, or asks for a second agent's yes. */
export async function applyHeld(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  batch: { id: string; customerId: string },
  { startAt, ...start }: Omit<Start, "apply"> & Pick<PlanStart, "ofFile"> = {},
): Promise<Started> {
  const later = startAt !== undefined && startAt > context.now() ? startAt : null;
  const started = await startPlan(context, tx, actor, batch, { ...start, startAt: later });
  if (started.how === "started") {
    await recordAct(tx, actor, { operation: "apply_batch", customerId: batch.customerId, batchId: batch.id });
  }
  return started;
}
