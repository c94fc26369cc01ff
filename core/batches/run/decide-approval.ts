import type { ApprovalDecision } from "../../../contract/brakes.ts";
import type { CustomerAct } from "../../../contract/customer-acts.ts";
import { environmentToken } from "../../../contract/environment-token.ts";
import type { Operation } from "../../../contract/operations.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { KeptApproval } from "../../../db/schema/batches.ts";
import { guarding } from "../../access/authority/refusals.ts";
import { may } from "../../access/authority/may.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { startBatch } from "../plan/start-batch.ts";
import { type HeldBatch, holdBatch, requirePlan } from "../state/hold-batch.ts";
import { moveBatch } from "../state/move-batches.ts";
import { batchTransitions } from "../state/transitions.ts";

/**
 * Approves the plan that another agent asked for, and starts it for that agent, or schedules it as they wished. Of several
 * who decide at once, the first is heard.
 * @throws Problem not_found, batch_state, plan_changed, approval_own, forbidden
 */
export async function approveBatch(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  decision: ApprovalDecision,
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const { batch, operation, approval } = await holdAsked(tx, batchId, "approve", decision);
    requireSecond(actor, approval);
    requireAuthority(actor, operation, approval);
    await answer(context, tx, actor, { batch, approval, move: "approve" }, decision);
    const startAt = approval.startAt === null ? null : new Date(approval.startAt);
    await startBatch(tx, approval.asker, batchId, startAt !== null && startAt > context.now() ? startAt : null);
    await actor.recordResult?.(tx, batchId);
  });
}

/**
 * Refuses the plan that an agent asked for, which then waits as before the question; whoever asked may take the question back
 * so.
 * @throws Problem not_found, batch_state, plan_changed
 */
export async function refuseBatch(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  decision: ApprovalDecision,
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const { batch, approval } = await holdAsked(tx, batchId, "refuse", decision);
    await answer(context, tx, actor, { batch, approval, move: "refuse" }, decision);
    await actor.recordResult?.(tx, batchId);
  });
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

/** All API keys of an agent are that agent; the token of the environment is nobody, and so no second one. */
function requireSecond({ id }: Actor, { asker }: KeptApproval): void {
  if (id === asker.id) {
    throw new Problem("approval_own", `${asker.name} asked for this approval; another agent has to give it.`);
  }
  if (id === environmentToken.id) {
    throw new Problem("forbidden", "Needs an agent, which the token of the environment is not: sign in as one.");
  }
}

/** Operations of which a part alone hits a user: that is what whoever approves may do. */
const decidedBy: Partial<Record<Operation, CustomerAct>> = {
  createUsers: "changeSignIn",
  updateUsers: "changeSignIn",
  undoBatch: "deleteUsers",
};

/** Whoever approves may do what the plan does, to users with admin roles as well where it touches some. */
function requireAuthority({ authority }: Actor, operation: Operation, { hits }: KeptApproval): void {
  const act = decidedBy[operation] ?? operation;
  const allowed = may(authority, act, hits.admins > 0 ? guarding : undefined);
  if (!allowed.allowed) throw new Problem("forbidden", `Needs ${allowed.missing}`);
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
  await moveBatch(tx, move, batchId, { set: sql`approval = ${JSON.stringify({ ...approval, decision })}` });
  const after = { planVersion, askedById: approval.asker.id, askedBy: approval.asker.name, note };
  await recordAct(tx, actor, { operation: approved ? "approve_batch" : "refuse_batch", customerId, batchId, after });
}
