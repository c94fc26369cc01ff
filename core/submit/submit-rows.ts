import type { BatchOptions } from "../../contract/batch.ts";
import type { Operation } from "../../contract/operations.ts";
import type { UserInput } from "../../contract/user.ts";
import { inTransaction, smallRows, type Tx } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import type { Actor } from "../actor.ts";
import { startBatch } from "../batches/start-batch.ts";
import type { CoreContext } from "../context.ts";
import { loadReading } from "../inputs/load-reading.ts";
import { stageRows } from "../inputs/stage-rows.ts";
import { planBatch } from "../plan/plan-batch.ts";
import { insertBatch } from "./new-batch.ts";
import { userTable } from "./user-table.ts";

export type RowsRequest = {
  customerId: string;
  operation: Operation;
  source: "json" | "single";
  rows: UserInput[];
  options: BatchOptions;
};

const slabRows = 1000;

/**
 * Stores and plans users given as JSON, along the very path of a file, and starts them where `apply` says so: one
 * transaction, so that the request has happened wholly or not at all.
 * @throws Problem not_found, body_invalid.
 */
export async function submitRows(
  context: CoreContext,
  actor: Actor,
  request: RowsRequest,
  { apply }: { apply: boolean },
): Promise<{ batchId: string }> {
  const { customerId, operation, source, options } = request;
  const { header, columns, cells } = userTable(request.rows);
  const reading = await loadReading(context, customerId, options, { header, columns });
  const id = newId();
  const work = async (tx: Tx) => {
    const { text, values } = insertBatch({
      id,
      customerId,
      operation,
      source,
      header,
      columns,
      options,
      actor,
      fileName: null,
      delimiter: null,
      state: "ready",
    });
    await tx.rows(text, values);
    const notes = await stageRows(tx, id, slabs(cells), reading, context.secrets);
    if (notes.length > 0) await tx.rows("update batches set notes = $2 where id = $1", [id, notes]);
    await planBatch(context, tx, { id, customerId, options });
    if (apply) await startBatch(tx, id);
  };
  await inTransaction(context.db.pool, work, { small: cells.length <= smallRows });
  return { batchId: id };
}

async function* slabs(table: string[][]): AsyncIterable<{ rowNo: number; cells: string[]; problem: null }[]> {
  for (let from = 0; from < table.length; from += slabRows) {
    yield table.slice(from, from + slabRows).map((cells, at) => ({ rowNo: from + at + 1, cells, problem: null }));
  }
}
