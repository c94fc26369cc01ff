import type { BatchOptions } from "../../../contract/batch.ts";
import { batchOptionsSchema } from "../../../contract/batch.ts";
import { fieldLabel } from "../../../contract/fields.ts";
import type { Operation } from "../../../contract/operations.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import { sql } from "../../../db/sql-text.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { planBatch } from "../plan/plan-batch.ts";
import { holdBatch } from "../state/hold-batch.ts";
import { batchTransitions } from "../state/transitions.ts";
import { insertBatch } from "./new-batch.ts";
import { undoneRowsSql } from "./undone-rows-sql.ts";

/** What no record tells how to put back. */
const impossible: Partial<Record<Operation, string>> = {
  resetPasswords: "Passwords that were replaced are gone. Reset them again where the new ones are not wanted.",
  removeUsers: "Users who were removed for good are gone. Create them again.",
};

const options: BatchOptions = batchOptionsSchema.parse({});
const header = [fieldLabel("userPrincipalName"), "Put back"];

/**
 * Plans a batch that puts back what an ended batch changed, as the audit tells it: a row for each of its rows that changed
 * something and that no other undo has taken, under the same number. Whose user is no longer as the batch left it is planned
 * `changed_since` and stays.
 * @throws Problem not_found, batch_state, undo_impossible, undo_exists, nothing_to_undo
 */
export async function submitUndo(context: CoreContext, actor: Actor, undoneId: string): Promise<{ batchId: string }> {
  const id = newId();
  await inTransaction(context.db.pool, async (tx) => {
    const { customerId, no } = await holdBatch(tx, undoneId, batchTransitions.retry.from, "undo");
    const { operation, createdAt, undo, undoNo } = await requireUndoable(tx, undoneId, no);
    // The records of 100,000 rows are sorted in memory so. To remember the users that were looked up serves nobody: each is looked
    // up once.
    await tx.rows(sql`select set_config('work_mem', '64MB', true), set_config('enable_memoize', 'off', true)`);
    const batch = { id, customerId, operation: "undoBatch" as const, options, actor };
    await tx.rows(
      insertBatch({
        ...batch,
        source: "json",
        header,
        columns: header.map(() => null),
        headerless: false,
        shift: 0,
        remembered: null,
        fileName: null,
        delimiter: null,
        state: "ready",
      }),
    );
    await tx.rows(sql`update batches set undoes = ${undoneId} where id = ${id}`);
    const [made] = await tx.rows<{ rows: number }>(undoneRowsSql({ id, customerId }, { id: undoneId, createdAt }));
    if (made === undefined || made.rows === 0) throw nothingLeft({ id: undoneId, no, operation, undo, undoNo });
    await planBatch(context, tx, batch);
    const after = { undo: id, rows: made.rows };
    await recordAct(tx, actor, { operation: "undo_batch", customerId, batchId: undoneId, after });
    await actor.recordResult?.(tx, id);
  });
  return { batchId: id };
}

type Undone = { id: string; no: number } & Omit<Undoable, "createdAt">;

function nothingLeft({ id, no, operation, undo, undoNo }: Undone): Problem {
  if (undo === null) {
    const message = `Batch ${no} (${operation}) changed no user, so there is nothing to undo.`;
    return new Problem("nothing_to_undo", message, { batchId: id });
  }
  const message = `Batch ${undoNo ?? ""} undoes batch ${no} already. Retry its rows, or undo it.`;
  return new Problem("undo_exists", message, { batchId: undo });
}

type Undoable = { operation: Operation; createdAt: Date; undo: string | null; undoNo: string | null };

async function requireUndoable(tx: Tx, batchId: string, no: number): Promise<Undoable> {
  const [batch] = await tx.rows<Undoable>(
    sql`select batches.operation, batches.created_at as "createdAt", undo.id as undo, undo.no as "undoNo"
     from batches left join batches undo on undo.undoes = batches.id and undo.state <> 'cancelled'
     where batches.id = ${batchId} order by undo.no desc limit 1`,
  );
  if (batch === undefined) throw new Problem("not_found", "There is no such batch.");
  const why = impossible[batch.operation];
  if (why !== undefined) throw new Problem("undo_impossible", `Batch ${no} cannot be undone. ${why}`, { batchId });
  return batch;
}
