import type { DecidedBundle, BundleDecision, Question } from "../../../contract/bundle.ts";
import type { BatchState } from "../../../contract/batch.ts";
import type { Operation } from "../../../contract/operations.ts";
import { Problem } from "../../../contract/problem.ts";
import { type Authority, holderOf } from "../../access/authority/authority.ts";
import { loadAuthorities } from "../../access/authority/load-authority.ts";
import { mayBegin } from "../../access/authority/may.ts";
import { countsAs } from "../../access/agents/counts-as.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { asksOf } from "../../sql/asks.ts";
import type { ReadApproval } from "../plan/brake-of.ts";
import { approvalSql } from "../plan/read-braked.ts";
import { approvalView } from "../read/batch-view.ts";
import { approvalHindrance } from "../run/decide-approval.ts";
import { otherPlan, wrongState } from "../state/hold-batch.ts";
import { batchTransitions } from "../state/transitions.ts";
import { seenBatchSql } from "./read-bundles.ts";

type Asking = Pick<Question, "batchId" | "batchNo" | "customerId" | "customerName"> & {
  operation: Operation;
  approval: ReadApproval;
};

/**
 * Gives the batches of a file that await approval and that the actor may see, all or those of these ids, each with what keeps the
 * actor from answering.
 */
export async function listQuestions(
  context: CoreContext,
  actor: Actor,
  bundleId: string,
  batchIds: string[] | null = null,
): Promise<Question[]> {
  const { sql, pool } = context.db;
  const asks = asksOf(pool);
  const asking = await sql<Asking[]>`
    select batches.id as "batchId", batches.no as "batchNo", customer_id as "customerId", customers.name as "customerName",
      operation, ${sql.unsafe(approvalSql)} as approval
    from batches join customers on customers.id = batches.customer_id
    where bundle_id = ${bundleId} and batches.state = 'awaiting_approval' and ${seenBatchSql(context, actor)}
      and (${batchIds}::uuid[] is null or batches.id = any(${batchIds}::uuid[]))
    order by batches.no`;
  const countedAs = await countsAs(asks, actor.id, context.now());
  const holder = holderOf(actor.authority);
  const customerIds = asking.map(({ customerId }) => customerId);
  const authorities = holder === null ? undefined : await loadAuthorities(asks, holder, customerIds, context.now());
  return asking.map(({ operation, approval, ...batch }) => {
    const authority = authorities?.get(batch.customerId) ?? actor.authority;
    const { decision: _, ...question } = approvalView(approval);
    const refuse = answerHindrance(authority, operation);
    const approve = refuse ?? approvalHindrance({ ...actor, authority }, countedAs, { operation, approval });
    return { ...batch, hits: approval.hits, ...question, approve: inWords(approve), refuse: inWords(refuse) };
  });
}

/** What keeps an agent from answering at all, whatever was asked: null where they may do there what the batch does. */
export function answerHindrance(authority: Authority, operation: Operation): Problem | null {
  const answer = mayBegin(authority, operation);
  return answer.allowed ? null : new Problem("forbidden", `Needs ${answer.missing}`);
}

/**
 * Gives those of the plans that the actor has not answered so, each with why, from how things are by now: those that await approval
 * still, and those that do no more where the last answer was another one or somebody else's.
 */
export async function questionsLeft(
  context: CoreContext,
  actor: Actor,
  bundleId: string,
  { plans, act }: Pick<BundleDecision, "plans"> & { act: "approve" | "refuse" },
): Promise<DecidedBundle["left"]> {
  const { sql } = context.db;
  const seen = new Map(plans.map(({ batchId, planVersion }) => [batchId, planVersion]));
  const waiting = await listQuestions(context, actor, bundleId, [...seen.keys()]);
  const passed = await sql<(Pick<Question, "batchId" | "batchNo" | "customerName"> & { state: BatchState })[]>`
    select batches.id as "batchId", batches.no as "batchNo", customers.name as "customerName", batches.state
    from batches join customers on customers.id = batches.customer_id
    where bundle_id = ${bundleId} and batches.id = any(${[...seen.keys()]}::uuid[]) and ${seenBatchSql(context, actor)}
      and batches.id <> all(${waiting.map(({ batchId }) => batchId)}::uuid[])
      and (approval #>> '{decision,byId}', approval #>> '{decision,approved}')
        is distinct from (${actor.id}, ${String(act === "approve")})`;
  return [
    ...waiting.map(({ batchId, batchNo, customerName, planVersion, ...question }) => {
      const version = seen.get(batchId) ?? 0;
      const changed = version === planVersion ? null : otherPlan({ id: batchId, planVersion }, version);
      return { batchId, batchNo, customerName, ...(inWords(changed) ?? question[act] ?? moreHit) };
    }),
    ...passed.map(({ state, ...batch }) => {
      const { code, message } = wrongState(
        { id: batch.batchId, no: batch.batchNo, state },
        batchTransitions[act].from,
        act,
      );
      return { ...batch, code, message };
    }),
  ].sort((one, other) => one.batchNo - other.batchNo);
}

const moreHit = {
  code: "approval_needed",
  message: "The retry hits more users now than were asked about: refuse it, and have it asked again.",
};

function inWords(problem: Problem | null): Question["approve"] {
  return problem === null ? null : { code: problem.code, message: problem.message };
}
