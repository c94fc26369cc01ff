import type { BundleDecision } from "../../../contract/bundle.ts";
import { Problem } from "../../../contract/problem.ts";
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

/**
 * Answers for all batches of a file whose plans the actor has looked at, each as if it were answered alone: by what the actor may
 * do at its customer, for the version that was looked at. Those for which that does not hold wait on. One transaction.
 * @throws Problem not_found; where none can be answered, what hinders the first: batch_state, plan_changed, approval_own,
 * approval_related, approval_needed, forbidden
 */
export async function decideBundle(
  context: CoreContext,
  actor: Actor,
  bundleId: string,
  { act, plans, note }: BundleDecision & { act: "approve" | "refuse" },
): Promise<void> {
  const versions = new Map(plans.map(({ batchId, planVersion }) => [batchId, planVersion]));
  const batches = await context.db.sql<BatchOfBundle[]>`
    select id, customer_id as "customerId", operation from batches
    where bundle_id = ${bundleId} and id = any(${[...versions.keys()]}::uuid[]) and ${seenBatchSql(context, actor)}
    order by id`;
  if (batches.length < versions.size)
    throw new Problem("not_found", "The file has no such batch, or you may not see it.");
  await inTransaction(context.db.pool, async (tx) => {
    await allowLong(tx);
    const hindrances: Problem[] = [];
    for (const batch of batches) {
      const hindrance = await attempt(tx, async () => {
        const at = { ...actor, authority: await authorityAt(context, tx, actor, batch.customerId) };
        const hindered = answerHindrance(at.authority, batch.operation);
        if (hindered !== null) throw hindered;
        await answers[act](context, tx, at, batch.id, { planVersion: versions.get(batch.id) ?? 0, note });
      });
      if (hindrance === null) continue;
      hindrances.push(hindrance);
      if (hindrance.code === "forbidden") await recordAttempt(tx, actor, act, batch, hindrance);
    }
    const [first] = hindrances;
    if (first !== undefined && hindrances.length === batches.length) throw first;
    await actor.recordResult?.(tx, bundleId);
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

async function recordAttempt(
  tx: Tx,
  actor: Actor,
  act: "approve" | "refuse",
  { id: batchId, customerId }: BatchOfBundle,
  { message }: Problem,
): Promise<void> {
  const after = { attempt: `${act}Bundle`, refusal: message };
  await recordAct(tx, actor, { operation: "refused_attempt", customerId, batchId, status: "refused", after });
}
