import type { Actor } from "../../core/actor.ts";
import { recordAct, type AuditedAct } from "../../core/audit/record-act.ts";
import type { CoreContext } from "../../core/context.ts";
import { inTransaction } from "../../db/in-transaction.ts";

/** Keeps in the audit what was done in Bull Board. */
export async function recordBoardAct(
  context: CoreContext,
  actor: Actor,
  operation: "retry_job",
  act: Partial<AuditedAct>,
): Promise<void> {
  await inTransaction(context.db.pool, (tx) => recordAct(tx, actor, { customerId: null, ...act, operation }));
}
