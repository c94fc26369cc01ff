import type { Tx } from "../../db/in-transaction.ts";
import type { Actor } from "../actor.ts";

/** An act worth answering for that is not a change of one user. */
export type Act = {
  operation: string;
  customerId: string | null;
  batchId?: string;
  userId?: string;
  /** succeeded unless told. */
  status?: "succeeded" | "refused";
  after?: Record<string, unknown>;
};

/** Writes one audit record of what `actor` did or tried; it stands or falls with the transaction. */
export async function recordAct(tx: Tx, actor: Pick<Actor, "id" | "name">, act: Act): Promise<void> {
  await tx.rows(
    `insert into audit (actor_id, actor_name, customer_id, operation, status, batch_id, user_id, after)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      actor.id,
      actor.name,
      act.customerId,
      act.operation,
      act.status ?? "succeeded",
      act.batchId ?? null,
      act.userId ?? null,
      act.after === undefined ? null : JSON.stringify(act.after),
    ],
  );
}
