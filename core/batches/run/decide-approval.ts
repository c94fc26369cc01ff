import type { ApprovalDecision } from "../../../contract/brakes.ts";
import { environmentToken } from "../../../contract/environment-token.ts";
import type { Operation } from "../../../contract/operations.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { KeptApproval } from "../../../db/schema/batches.ts";
import { countAsOne, countsAs } from "../../access/agents/counts-as.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { startBatch } from "../plan/start-batch.ts";
import { mayApprove } from "./may-approve.ts";
import { retryApproved } from "./retry-batch.ts";
import { type HeldBatch, holdBatch, requirePlan } from "../state/hold-batch.ts";
import { moveBatch, putBackOf } from "../state/move-batches.ts";
import { batchTransitions } from "../state/transitions.ts";

/**
 * Approves the plan that another agent asked for, and starts it for that agent, or schedules it as they wished; or the retry
 * that they asked for, which begins. Of several who decide at once, the first is heard.
 * @throws Problem not_found, batch_state, plan_changed, approval_own, approval_related, approval_needed, forbidden
 */
export async function approveBatch(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  decision: ApprovalDecision,
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    await approveAsked(context, tx, actor, batchId, decision);
    await actor.recordResult?.(tx, batchId);
  });
}

/** `approveBatch` within a transaction, which may be about other batches as well. */
export async function approveAsked(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  batchId: string,
  decision: ApprovalDecision,
): Promise<void> {
  const { batch, ...asked } = await holdAsked(tx, batchId, "approve", decision);
  const hindrance = approvalHindrance(actor, await countsAs(tx, actor.id, context.now()), asked);
  if (hindrance !== null) throw hindrance;
  const { approval } = asked;
  await answer(context, tx, actor, { batch, approval, move: "approve" }, decision);
  if (approval.retry !== undefined) await retryApproved(context, tx, batch, { ...approval, ...approval.retry });
  else await startApproved(context, tx, batchId, approval);
}

async function startApproved(
  context: CoreContext,
  tx: Tx,
  batchId: string,
  { asker, startAt: wanted }: KeptApproval,
): Promise<void> {
  const startAt = wanted === null ? null : new Date(wanted);
  await startBatch(tx, asker, batchId, { startAt: startAt !== null && startAt > context.now() ? startAt : null });
}

/**
 * Refuses the plan or the retry that an agent asked for; the batch is then as before the question. Whoever asked may take the
 * question back so.
 * @throws Problem not_found, batch_state, plan_changed
 */
export async function refuseBatch(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  decision: ApprovalDecision,
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    await refuseAsked(context, tx, actor, batchId, decision);
    await actor.recordResult?.(tx, batchId);
  });
}

/** `refuseBatch` within a transaction, which may be about other batches as well. */
export async function refuseAsked(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  batchId: string,
  decision: ApprovalDecision,
): Promise<void> {
  const { batch, approval } = await holdAsked(tx, batchId, "refuse", decision);
  await answer(context, tx, actor, { batch, approval, move: "refuse" }, decision);
}

type Asked = { batch: HeldBatch; operation: Operation; approval: KeptApproval };

async function holdAsked(tx: Tx, batchId: string, act: string, { planVersion }: ApprovalDecision): Promise<Asked> {
  const batch = await holdBatch(tx, batchId, batchTransitions.approve.from, act);
  requirePlan(batch, planVersion);
  const [asked] = await tx.rows<Omit<Asked, "batch">>(
    sql`select operation, approval from batches where id = ${batchId}`,
  );
  if (asked === undefined) throw new Error("a batch that awaits approval has no question");
  return { batch, ...asked };
}

/**
 * What keeps an agent who counts as `countedAs` from approving what was asked; null where nothing does. All API keys of an agent
 * are that agent, and so is for a day whom they made, or whom the one made as whom they counted when they asked; the token of the
 * environment is nobody, and so no second one. Whoever approves may do what the plan does.
 */
export function approvalHindrance(
  { id, authority }: Pick<Actor, "id" | "authority">,
  countedAs: string,
  { operation, approval }: { operation: Operation; approval: Pick<KeptApproval, "asker" | "askedAs" | "hits"> },
): Problem | null {
  const { asker, askedAs = asker.id, hits } = approval;
  if (id === asker.id) {
    return new Problem("approval_own", `${asker.name} asked for this approval; another agent has to give it.`);
  }
  if (id === environmentToken.id) {
    return new Problem("forbidden", "Needs an agent, which the token of the environment is not: sign in as one.");
  }
  if ([asker.id, askedAs].includes(countedAs)) {
    return countAsOne(asker.name, "Another agent can approve it at once.");
  }
  const allowed = mayApprove(authority, operation, hits);
  return allowed.allowed ? null : new Problem("forbidden", `Needs ${allowed.missing}`);
}

type Answered = { batch: HeldBatch; approval: KeptApproval; move: "approve" | "refuse" };

async function answer(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  { batch, approval, move }: Answered,
  { planVersion, note }: ApprovalDecision,
): Promise<void> {
  const approved = move === "approve";
  const decision = { approved, by: actor.name, byId: actor.id, at: context.now().toISOString(), note: note ?? null };
  const { id: batchId, customerId } = batch;
  await moveBatch(tx, putBackOf(batch) ?? move, batchId, {
    set: sql`approval = ${JSON.stringify({ ...approval, decision })}`,
  });
  const after = { planVersion, askedById: approval.asker.id, askedBy: approval.asker.name, note };
  await recordAct(tx, actor, { operation: approved ? "approve_batch" : "refuse_batch", customerId, batchId, after });
}
