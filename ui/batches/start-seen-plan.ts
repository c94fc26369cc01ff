import type { Batch } from "../../contract/batch.ts";
import { callRoute } from "../client/call-route.ts";

type Planned = Pick<Batch, "id" | "planVersion" | "state" | "brake">;

/** Starts a batch now, also one that waits for a set time; only the plan that the agent saw is started, with the users it hits. */
export async function startSeenPlan({ id: batchId, planVersion, state, brake }: Planned): Promise<Batch> {
  const params = { batchId };
  const headers = { "if-match": `"${planVersion}"` };
  if (state === "scheduled") await callRoute("changeBatch", { params, body: { startAt: null }, headers });
  return await callRoute("applyBatch", { params, body: { confirm: brake.users }, headers });
}

/** Has a batch start at `startAt`, or changes when it does. */
export async function startBatchAt(
  { id: batchId, planVersion, state, brake }: Planned,
  startAt: string,
): Promise<Batch> {
  const params = { batchId };
  const headers = { "if-match": `"${planVersion}"` };
  return state === "scheduled"
    ? await callRoute("changeBatch", { params, body: { startAt }, headers })
    : await callRoute("applyBatch", { params, body: { startAt, confirm: brake.users }, headers });
}
