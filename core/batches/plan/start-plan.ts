import type { PlanBrake } from "../../../contract/brakes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { KeptApproval } from "../../../db/schema/batches.ts";
import { carrierOf } from "../../access/authority/authority.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { moveBatch } from "../state/move-batches.ts";
import { brakeOf } from "./brake-of.ts";
import { readBraked } from "./read-braked.ts";
import { startBatch } from "./start-batch.ts";

/** When a plan is to start, null at once; and how many users it hits, where that was said, or that each was named. */
export type PlanStart = { startAt: Date | null; confirm?: number | "named" | undefined };

/** A plan that has started, or waits for a second agent, or was left because the number of its users was not named. */
export type Started = { how: "started" | "asked" | "unconfirmed"; brake: PlanBrake };

/**
 * Starts a plan for `actor`, or asks for the yes of a second agent where it needs that. The caller holds the batch, which is
 * `ready`, or has just written it.
 */
export async function startPlan(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  { id: batchId, customerId }: { id: string; customerId: string },
  { startAt, confirm }: PlanStart,
): Promise<Started> {
  const braked = await readBraked(tx, batchId);
  const brake = brakeOf(braked);
  if (brake.needs === "confirmation" && confirm !== "named" && confirm !== brake.users) {
    return { how: "unconfirmed", brake };
  }
  if (brake.needs !== "approval") {
    await startBatch(tx, carrierOf(actor), batchId, startAt);
    return { how: "started", brake };
  }
  const approval: KeptApproval = {
    asker: carrierOf(actor),
    askedAt: context.now().toISOString(),
    planVersion: braked.planVersion,
    why: brake.why ?? "",
    startAt: startAt?.toISOString() ?? null,
    hits: braked.hits,
    decision: null,
  };
  await moveBatch(tx, "ask", batchId, { set: sql`approval = ${JSON.stringify(approval)}` });
  const { planVersion, why, hits } = approval;
  const after = { planVersion, why, ...hits, startAt: approval.startAt };
  await recordAct(tx, actor, { operation: "ask_approval", customerId, batchId, after });
  return { how: "asked", brake };
}
