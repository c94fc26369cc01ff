import { Problem } from "../../contract/problem.ts";
import { systemActor } from "../actor.ts";
import { refuseBatch } from "../batches/run/decide-approval.ts";
import { mayMoveSql } from "../batches/state/move-batches.ts";
import type { CoreContext } from "../context.ts";

/** Questions that are answered in one sweep; the next sweep takes the rest. */
const questionsAtOnce = 20;

/**
 * Says no to retries that nobody has approved and whose batches ended `days` ago: their rows are removed now, and without
 * them nothing can be tried again.
 */
export async function expireQuestions(context: CoreContext, days: number): Promise<void> {
  const endedBefore = new Date(context.now().getTime() - days * 86_400_000);
  const old = await context.db.sql<{ id: string; planVersion: number }[]>`
    select id, plan_version as "planVersion" from batches
    where ${mayMoveSql("putBack")} and finished_at < ${endedBefore} order by id limit ${questionsAtOnce}`;
  const note = `Nobody answered in time: rows are kept for ${days} days after the end of their batch.`;
  for (const { id, planVersion } of old) {
    try {
      await refuseBatch(context, systemActor, id, { planVersion, note });
    } catch (error) {
      // Somebody has answered in this moment.
      if (!(error instanceof Problem)) throw error;
    }
  }
}
