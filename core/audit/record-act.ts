import type { Tx } from "../../db/in-transaction.ts";
import type { Who } from "../actor.ts";

/** An act worth answering for that is not a change of one user. */
export type AuditedAct = {
  operation: string;
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
  await tx.rows(
    `insert into audit (actor_id, actor_name, customer_id, operation, status, batch_id, user_id, before, after)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      who.id,
      who.name,
      act.customerId,
      act.operation,
      act.status ?? "succeeded",
      act.batchId ?? null,
      act.userId ?? null,
      act.before === undefined ? null : JSON.stringify(act.before),
      act.after === undefined ? null : JSON.stringify(act.after),
    ],
  );
}
