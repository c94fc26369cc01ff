import type { DecidedBundle, BundleDecision, Question } from "../../../contract/bundle.ts";
import type { Operation } from "../../../contract/operations.ts";
import { Problem } from "../../../contract/problem.ts";
import type { Authority } from "../../access/authority/authority.ts";
import { mayBegin } from "../../access/authority/may.ts";
import { countsAs } from "../../access/agents/counts-as.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { asksOf } from "../../sql/asks.ts";
import type { ReadApproval } from "../plan/brake-of.ts";
import { approvalSql } from "../plan/read-braked.ts";
import { approvalView } from "../read/batch-view.ts";
import { approvalHindrance } from "../run/decide-approval.ts";
import { authorityAt } from "./divide-rows.ts";
import { seenBatchSql } from "./read-bundles.ts";

type Asking = Pick<Question, "batchId" | "batchNo" | "customerId" | "customerName"> & {
  operation: Operation;
  approval: ReadApproval;
};

/** Gives the batches of a file that await approval and that the actor may see, each with what keeps the actor from answering. */
export async function listQuestions(context: CoreContext, actor: Actor, bundleId: string): Promise<Question[]> {
  const { sql, pool } = context.db;
  const asks = asksOf(pool);
  const asking = await sql<Asking[]>`
    select batches.id as "batchId", batches.no as "batchNo", customer_id as "customerId", customers.name as "customerName",
      operation, ${sql.unsafe(approvalSql)} as approval
    from batches join customers on customers.id = batches.customer_id
    where bundle_id = ${bundleId} and batches.state = 'awaiting_approval' and ${seenBatchSql(context, actor)}
    order by batches.no`;
  const countedAs = await countsAs(asks, actor.id, context.now());
  const questions: Question[] = [];
  for (const { operation, approval, ...batch } of asking) {
    const authority = await authorityAt(context, asks, actor, batch.customerId);
    const { decision: _, ...question } = approvalView(approval);
    const refuse = answerHindrance(authority, operation);
    const approve = refuse ?? approvalHindrance({ ...actor, authority }, countedAs, { operation, approval });
    questions.push({ ...batch, hits: approval.hits, ...question, approve: inWords(approve), refuse: inWords(refuse) });
  }
  return questions;
}

/** What keeps an agent from answering at all, whatever was asked: null where they may do there what the batch does. */
export function answerHindrance(authority: Authority, operation: Operation): Problem | null {
  const answer = mayBegin(authority, operation);
  return answer.allowed ? null : new Problem("forbidden", `Needs ${answer.missing}`);
}

/** Gives those of the plans that await approval still after they were answered, each with why. */
export async function questionsLeft(
  context: CoreContext,
  actor: Actor,
  bundleId: string,
  { plans, act }: Pick<BundleDecision, "plans"> & { act: "approve" | "refuse" },
): Promise<DecidedBundle["left"]> {
  const seen = new Map(plans.map(({ batchId, planVersion }) => [batchId, planVersion]));
  const waiting = (await listQuestions(context, actor, bundleId)).filter(({ batchId }) => seen.has(batchId));
  return waiting.map(({ batchId, batchNo, customerName, planVersion, ...question }) => {
    const changed = planVersion === seen.get(batchId) ? null : planChanged;
    return { batchId, batchNo, customerName, ...(changed ?? question[act] ?? moreHit) };
  });
}

const planChanged = { code: "plan_changed", message: "Another plan is asked about by now. Look again." };
const moreHit = {
  code: "approval_needed",
  message: "The retry hits more users now than were asked about: refuse it, and have it asked again.",
};

function inWords(problem: Problem | null): Question["approve"] {
  return problem === null ? null : { code: problem.code, message: problem.message };
}
