import type { BatchState, RetryRequest, RetrySelection } from "../../../contract/batch.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { notifyBatch } from "../../../db/notify.ts";
import type { KeptApproval, KeptRetry } from "../../../db/schema/batches.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import { carrierOf } from "../../access/authority/authority.ts";
import { loadCarrier } from "../../access/authority/load-authority.ts";
import type { CoreContext } from "../../context.ts";
import { askApproval } from "../plan/ask-approval.ts";
import { approvedHits, overApproved, retryBrakeOf } from "../plan/brake-of.ts";
import { readBraked } from "../plan/read-braked.ts";
import { confirmationNeeded } from "./apply-batch.ts";
import { reopenRows } from "./reopen-rows.ts";
import { weighRetry } from "./weigh-retry.ts";
import { emptyWorkRows } from "../work-rows/work-table.ts";
import { type HeldBatch, holdBatch } from "../state/hold-batch.ts";
import { moveBatches } from "../state/move-batches.ts";
import { moveChunks } from "../state/move-chunks.ts";
import { batchTransitions } from "../state/transitions.ts";

/** The states of a batch whose rows can be tried again. */
export const retryable = ["running", "paused", ...batchTransitions.retry.from] as const;

const pendingSql = sql`exists (select from chunks where batch_id = batches.id and pending > 0)`;

/**
 * Runs the chosen failed and partial rows again, and only those; gives how many were chosen. Cancelled rows run where they
 * are named, by number or by their cause. Where the rows need the yes of a second agent, they stay as they are until it is
 * there, and the batch awaits it. `confirm` is how many users they hit, where that has to be named.
 * @throws Problem not_found, batch_state, confirmation_needed; approval_needed where the batch has not ended
 */
export async function retryBatch(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  { confirm, ...selection }: RetryRequest,
): Promise<{ reopened: number }> {
  return await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, retryable, "retry");
    await tx.rows(sql`savepoint unasked`);
    const rows = await reopenRows(context, tx, actor, batchId, selection);
    const { reopened } = rows;
    const { braked, why } = await weighRetry(tx, batchId, rows);
    const brake = retryBrakeOf(braked, why);
    if (brake.needs === "confirmation" && confirm !== brake.users) throw confirmationNeeded(batchId, brake);
    if (why === null) await runReopened(tx, actor, batch, { reopened, ...selection });
    else {
      const { users, admins } = approvedHits(braked);
      const retry = { rows: reopened, from: requireEnded(batch, why), selection, approved: { users, admins } };
      await tx.rows(sql`rollback to savepoint unasked`);
      const { planVersion, hits } = braked;
      await askApproval(context, tx, carrierOf(actor), batch, { planVersion, why, hits, startAt: null, retry });
    }
    await actor.recordResult?.(tx, batchId);
    return { reopened };
  });
}

/**
 * Runs the rows of a retry that a second agent has just approved, for whoever asked; planned anew, they may hit fewer users than
 * were approved, and no more.
 * @throws Problem approval_needed
 */
export async function retryApproved(
  context: CoreContext,
  tx: Tx,
  batch: HeldBatch,
  { asker, hits, selection }: Pick<KeptApproval, "asker" | "hits"> & Pick<KeptRetry, "selection">,
): Promise<void> {
  const authority = await loadCarrier(tx, asker, batch.customerId, context.now());
  const actor: Actor = { ...asker, kind: asker.authority === null ? "token" : "agent", authority };
  const rows = await reopenRows(context, tx, actor, batch.id, selection);
  const why = overApproved({ ...(await readBraked(tx, batch.id)), hits: rows.hits }, hits);
  if (why !== null)
    throw approvalNeeded(batch.id, why, "More are hit now than were asked for: refuse it, and have it asked again.");
  await runReopened(tx, actor, batch, { reopened: rows.reopened, ...selection });
  // The retry of another batch may follow in this transaction.
  await emptyWorkRows(tx);
}

/**
 * Reopens the failed and partial rows of one chunk for the very run that its failed job carries, so that Bull Board's
 * retry of the job finds work to do.
 * @throws Problem not_found, batch_state, approval_needed, confirmation_needed
 */
export async function retryChunk(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  chunkNo: number,
): Promise<{ reopened: number }> {
  return await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, retryable, "retry");
    const rows = await reopenRows(context, tx, actor, batchId, { chunkNo });
    const { reopened } = rows;
    const weighed = await weighRetry(tx, batchId, rows);
    const { needs, why } = retryBrakeOf(weighed.braked, weighed.why);
    if (needs !== null) {
      const code = needs === "approval" ? "approval_needed" : "confirmation_needed";
      throw new Problem(code, `${why ?? ""} Retry the rows on the page of the batch, which asks for it.`, { batchId });
    }
    await runReopened(tx, actor, batch, { reopened, chunkNo });
    return { reopened };
  });
}

/** Gives the state of a batch of which a retry can await approval. @throws Problem approval_needed */
export function requireEnded({ id, state }: { id: string; state: BatchState }, why: string): KeptRetry["from"] {
  if (state === "finished" || state === "cancelled") return state;
  throw approvalNeeded(id, why, "It can be asked for once the batch has ended.");
}

function approvalNeeded(batchId: string, why: string, advice: string): Problem {
  return new Problem("approval_needed", `${why} ${advice}`, { batchId });
}

/** Sets chunks with rows that are pending again going, for `actor`; a chunk whose job is tried again waits for that. */
async function runReopened(
  tx: Tx,
  actor: Actor,
  { id: batchId, customerId }: HeldBatch,
  after: { reopened: number; chunkNo?: number } & RetrySelection,
): Promise<void> {
  const { chunkNo } = after;
  await moveChunks(tx, chunkNo === undefined ? "retry" : "retryJob", batchId, {
    set: sql`carrier = ${JSON.stringify(carrierOf(actor))}`,
    where: chunkNo === undefined ? sql`pending > 0` : sql`no = ${chunkNo} and pending > 0`,
  });
  // The clock of its rate starts anew.
  await moveBatches(tx, "retry", [batchId], { where: pendingSql });
  await recordAct(tx, actor, { operation: "retry_batch", customerId, batchId, after });
  await notifyBatch(tx, batchId);
}
