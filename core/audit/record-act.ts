import type { Tx } from "../../db/in-transaction.ts";
import type { Actor } from "../actor.ts";

/** An act worth answering for that is not a change of one user. */
export type Act = { operation: string; customerId: string | null; batchId?: string; after?: Record<string, unknown> };

/** Writes one audit record of what `actor` did; it stands or falls with the transaction. */
export async function recordAct(tx: Tx, actor: Actor, act: Act): Promise<void> {
  await tx.rows(
    `insert into audit (actor_id, actor_name, customer_id, operation, status, batch_id, after)
     values ($1, $2, $3, $4, 'succeeded', $5, $6)`,
    [
      actor.id,
      actor.name,
      act.customerId,
      act.operation,
      act.batchId ?? null,
      act.after === undefined ? null : JSON.stringify(act.after),
    ],
  );
}
