import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import type { Database } from "../../../db/open-database.ts";
import type { Carrier } from "../../../db/schema/batches.ts";
import { sql } from "../../../db/sql-text.ts";
import { loadAuthority } from "../../access/authority/load-authority.ts";
import { systemActor } from "../../actor.ts";
import { askApproval } from "../plan/ask-approval.ts";
import { type BrakedPlan, brakeOf, questionAbout } from "../plan/brake-of.ts";
import { readBraked } from "../plan/read-braked.ts";
import { mayMoveSql, moveBatch } from "../state/move-batches.ts";
import { moveChunks } from "../state/move-chunks.ts";
import { mayApprove } from "./may-approve.ts";

/** A scheduled batch whose time has come, by the clock of the database, and for whom it is carried out. */
type DueBatch = { id: string; customerId: string; startAt: Date; now: Date; carrier: Carrier };

/**
 * Begins a scheduled batch whose time has come. Its brake is weighed again: where the limits have become stricter, or whoever
 * approved it may do that no more, it awaits a new yes instead, and starts once that is there. One that somebody else holds is
 * left for later.
 */
export async function beginBatch({ pool }: Pick<Database, "pool">, batchId: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const [due] = await tx.rows<DueBatch>(sql`
      select id, customer_id as "customerId", start_at as "startAt", now() as now,
        (select carrier from chunks where batch_id = batches.id order by no limit 1) as carrier
      from batches where id = ${batchId} and ${mayMoveSql("begin")} and start_at <= now() for update skip locked`);
    if (due === undefined) return;
    const braked = await readBraked(tx, batchId);
    const why = await whyHeld(tx, due, braked);
    if (why === null) await moveBatch(tx, "begin", batchId);
    else {
      await moveChunks(tx, "unschedule", batchId);
      await moveBatch(tx, "unschedule", batchId);
      const question = questionAbout(braked, why, null);
      await askApproval({ now: () => due.now }, tx, due.carrier, due, question, systemActor);
    }
  });
}

/** Why the plan needs a yes that it does not have, in words; null where it may begin. The number of its users was named before. */
async function whyHeld(tx: Tx, { customerId, startAt, now }: DueBatch, braked: BrakedPlan): Promise<string | null> {
  const { needs, why } = brakeOf({ ...braked, state: "ready" });
  if (needs !== "approval") return null;
  const { approval, planVersion, operation } = braked;
  const decision = approval?.decision;
  if (approval === null || decision?.approved !== true) return why;
  if (approval.planVersion !== planVersion || approval.startAt !== startAt.toISOString()) return why;
  const authority = await loadAuthority(tx, { agentId: decision.byId, keyId: null }, customerId, now);
  const answer = mayApprove(authority, operation, approval.hits);
  return answer.allowed
    ? null
    : `${why} ${decision.by}, who approved it, may do that no more: it needs ${answer.missing}.`;
}
