import type { BundleDecision, DecidedBundle } from "../../../contract/bundle.ts";
import { type ForbiddenAt, Problem } from "../../../contract/problem.ts";
import { allowLong, inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { approveAsked, refuseAsked } from "../run/decide-approval.ts";
import { authorityAt, type BatchOfBundle } from "./divide-rows.ts";
import { answerHindrance } from "./list-questions.ts";
import { seenBatchSql } from "./read-bundles.ts";

const answers = { approve: approveAsked, refuse: refuseAsked };

type NamedBatch = BatchOfBundle & { batchNo: number; customerName: string };

/**
 * Answers for all batches of a file whose plans the actor has looked at, each as if it were answered alone: by what the actor may
 * do at its customer, for the version that was looked at. Gives those for which that does not hold, each with why. One transaction.
 * @throws Problem not_found; where none can be answered, what hinders the first: batch_state, plan_changed, approval_own,
 * approval_related, approval_needed, forbidden
 */
export async function decideBundle(
  context: CoreContext,
  actor: Actor,
  bundleId: string,
  { act, plans, note }: BundleDecision & { act: "approve" | "refuse" },
): Promise<DecidedBundle["left"]> {
  const versions = new Map(plans.map(({ batchId, planVersion }) => [batchId, planVersion]));
  const batches = await context.db.sql<NamedBatch[]>`
    select batches.id, batches.no as "batchNo", customer_id as "customerId", customers.name as "customerName", operation
    from batches join customers on customers.id = batches.customer_id
    where bundle_id = ${bundleId} and batches.id = any(${[...versions.keys()]}::uuid[]) and ${seenBatchSql(context, actor)}
    order by batches.id`;
  if (batches.length < versions.size)
    throw new Problem("not_found", "The file has no such batch, or you may not see it.");
  return await inTransaction(context.db.pool, async (tx) => {
    await allowLong(tx);
    const hindered: { batch: NamedBatch; problem: Problem }[] = [];
    for (const batch of batches) {
      const problem = await attempt(tx, async () => {
        const at = { ...actor, authority: await authorityAt(context, tx, actor, batch.customerId) };
        const hindrance = answerHindrance(at.authority, batch.operation);
        if (hindrance !== null) throw hindrance;
        await answers[act](context, tx, at, batch.id, { planVersion: versions.get(batch.id) ?? 0, note });
      });
      if (problem !== null) hindered.push({ batch, problem });
    }
    const forbiddenAt = hindered
      .filter(({ problem }) => problem.code === "forbidden")
      .map(({ batch: { id, customerId }, problem }) => ({ batchId: id, customerId, message: problem.message }));
    if (hindered.length === batches.length) throw noneAnswered(hindered[0]?.problem, forbiddenAt);
    for (const { message, ...at } of forbiddenAt) {
      const after = { attempt: `${act}Bundle`, refusal: message };
      await recordAct(tx, actor, { operation: "refused_attempt", ...at, status: "refused", after });
    }
    await actor.recordResult?.(tx, bundleId);
    return hindered
      .map(({ batch: { id, batchNo, customerName }, problem }) => {
        return { batchId: id, batchNo, customerName, code: problem.code, message: problem.message };
      })
      .sort((one, other) => one.batchNo - other.batchNo);
  });
}

/** Does something within a transaction, or leaves all as it was and gives the problem that hinders it. */
async function attempt(tx: Tx, act: () => Promise<void>): Promise<Problem | null> {
  await tx.rows(sql`savepoint one_batch`);
  let hindrance: Problem | null = null;
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    hindrance = error;
    await tx.rows(sql`rollback to savepoint one_batch`);
  }
  await tx.rows(sql`release savepoint one_batch`);
  return hindrance;
}

/** What hinders the first. It undoes the transaction, so that the audit gets from outside where the actor may not answer. */
function noneAnswered(first: Problem | undefined, forbiddenAt: ForbiddenAt[]): Problem {
  if (first === undefined) throw new Error("a decision without a batch");
  return new Problem(first.code, first.message, { batchId: first.batchId, forbiddenAt });
}
