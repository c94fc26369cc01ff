import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { Carrier, KeptApproval } from "../../../db/schema/batches.ts";
import { countsAs } from "../../access/agents/counts-as.ts";
import type { Who } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { moveBatch } from "../state/move-batches.ts";

/** What a second agent is asked about: a plan, or a retry of it, whose version no other question before it had. */
type Question = Pick<KeptApproval, "planVersion" | "why" | "hits" | "startAt" | "retry">;

/**
 * Has a batch await the yes of a second agent for `asker`, for whom it is then carried out. The caller holds the batch, or has just
 * written it. `by` is who asks, where that is not the asker.
 */
export async function askApproval(
  { now }: Pick<CoreContext, "now">,
  tx: Tx,
  asker: Carrier,
  { id: batchId, customerId }: { id: string; customerId: string },
  question: Question,
  by: Pick<Who, "id" | "name"> = asker,
): Promise<void> {
  const { planVersion, why, hits, startAt, retry } = question;
  const askedAt = now().toISOString();
  const askedAs = await countsAs(tx, asker.id, now());
  const approval: KeptApproval = { ...question, asker, askedAs, askedAt, decision: null };
  const move = retry === undefined ? "ask" : "askRetry";
  await moveBatch(tx, move, batchId, {
    set: sql`plan_version = ${planVersion}, approval = ${JSON.stringify(approval)}`,
  });
  const askedFor = by.id === asker.id ? {} : { askedById: asker.id, askedBy: asker.name };
  const ofRetry = retry && { retriedRows: retry.rows, ...retry.selection };
  const after = { planVersion, why, ...hits, startAt, ...ofRetry, ...askedFor };
  await recordAct(tx, by, { operation: "ask_approval", customerId, batchId, after });
}
