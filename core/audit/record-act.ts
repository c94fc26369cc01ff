import type { AuditAct } from "../../contract/audit-steps.ts";
import type { Tx } from "../../db/in-transaction.ts";
import { sql } from "../../db/sql-text.ts";
import type { Who } from "../actor.ts";

/** An act worth answering for that is not a change of one user. */
export type AuditedAct = {
  operation: AuditAct;
  customerId: string | null;
  batchId?: string;
  userId?: string;
  /** `succeeded` unless told. */
  status?: "succeeded" | "refused";
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

/** Writes one audit record of what `who` did or tried; it stands or falls with the transaction. */
export async function recordAct(tx: Pick<Tx, "rows">, who: Pick<Who, "id" | "name">, act: AuditedAct): Promise<void> {
  const { operation, customerId, batchId = null, userId = null, status = "succeeded", before, after } = act;
  await tx.rows(sql`
    insert into audit (actor_id, actor_name, customer_id, operation, status, batch_id, user_id, before, after)
    values (${who.id}, ${who.name}, ${customerId}, ${operation}, ${status}, ${batchId}, ${userId},
      ${before === undefined ? null : JSON.stringify(before)}, ${after === undefined ? null : JSON.stringify(after)})`);
}
