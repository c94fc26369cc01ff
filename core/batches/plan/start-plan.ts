import type { PlanBrake } from "../../../contract/brakes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { carrierOf } from "../../access/authority/authority.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { askApproval } from "./ask-approval.ts";
import { brakeOf, type FileHits, questionAbout } from "./brake-of.ts";
import { readBraked } from "./read-braked.ts";
import { startBatch } from "./start-batch.ts";

/**
 * When a plan is to start, null at once; how many users it hits, where that was said, or that each was named; and what its file
 * hits, where that has been read for all plans of it.
 */
export type PlanStart = { startAt: Date | null; confirm?: number | "named" | undefined; ofFile?: FileHits | null };

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
  { startAt, confirm, ofFile }: PlanStart,
): Promise<Started> {
  const braked = await readBraked(tx, batchId, ofFile);
  const brake = brakeOf(braked);
  if (brake.needs === "confirmation" && confirm !== "named" && confirm !== brake.users) {
    return { how: "unconfirmed", brake };
  }
  if (brake.needs !== "approval") {
    await startBatch(tx, carrierOf(actor), batchId, { startAt });
    return { how: "started", brake };
  }
  const question = questionAbout(braked, brake.why ?? "", startAt);
  await askApproval(context, tx, carrierOf(actor), { id: batchId, customerId }, question);
  return { how: "asked", brake };
}
