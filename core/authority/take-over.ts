import type { Tx } from "../../db/in-transaction.ts";
import type { Actor } from "../actor.ts";
import { holderOf } from "./authority.ts";

/** Has the batch carried out by what `actor` may do from here on; why it had stopped counts no more. The caller holds it. */
export async function takeOver(tx: Tx, { authority }: Actor, batchId: string): Promise<void> {
  const holder = holderOf(authority);
  await tx.rows("update batches set authority = $2, stopped_code = null, stopped_message = null where id = $1", [
    batchId,
    holder === null ? null : JSON.stringify(holder),
  ]);
}
