import { blockRows } from "../../../files/table/block-rows.ts";
import type { BatchOptions } from "../../../contract/batch.ts";
import type { FileOperation } from "../../../contract/operations.ts";
import type { TargetInput } from "../../../contract/user-changes.ts";
import type { UserInput } from "../../../contract/user.ts";
import { allowLong, inTransaction, smallRows, type Tx } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import type { Actor } from "../../actor.ts";
import { applyHeld, type Start } from "../run/apply-batch.ts";
import type { CoreContext } from "../../context.ts";
import type { QueuedChunk } from "../../queued-chunk.ts";
import type { CustomerFacts } from "../../directory/customers/read-customers.ts";
import { loadReading, readingFor } from "../work-rows/load-reading.ts";
import { readBlock, type IncomingRow } from "../work-rows/read-block.ts";
import { insertRows, stageRows } from "../work-rows/stage-rows.ts";
import { tallySteps } from "../work-rows/tally-steps.ts";
import { decideBlocks } from "../plan/decide-blocks.ts";
import { planBatch } from "../plan/plan-batch.ts";
import { MoreToPlan, planOne } from "../plan/plan-one.ts";
import { insertBatch } from "./new-batch.ts";
import { userTable } from "./user-table.ts";
import { sql } from "../../../db/sql-text.ts";

export type RowsRequest = {
  customerId: string;
  /** The customer, where it has just been looked up. */
  facts?: CustomerFacts;
  operation: FileOperation;
  source: "json" | "single";
  rows: readonly (UserInput | TargetInput)[];
  options: BatchOptions;
  /** The version of the user that the caller looked at: another one is not changed. */
  userVersion?: number | undefined;
};

/**
 * Stores and plans users given as JSON, along the very path of a file, and starts them where `apply` says so: one
 * transaction, so that the request has happened wholly or not at all. A few rows that start are in the queue by then
 * (`queued`), without waiting for a dispatcher.
 * @throws Problem not_found, body_invalid.
 */
export async function submitRows(
  context: CoreContext,
  actor: Actor,
  request: RowsRequest,
  { apply, startAt, confirm }: Start,
): Promise<{ batchId: string; queued: boolean }> {
  const { customerId, facts, operation, source, options } = request;
  const { header, columns, cells } = userTable(request.rows);
  const table = { operation, header, columns };
  const reading =
    facts === undefined ? await loadReading(context, customerId, options, table) : readingFor(facts, options, table);
  const id = newId();
  const few = cells.length <= smallRows;
  const later = apply ? startAt : undefined;
  // Who lists the users has named each of them.
  const start = apply && later === undefined ? ({ startAt: null, confirm: confirm ?? "named" } as const) : undefined;
  const last = request.userVersion === undefined && later === undefined && actor.recordResult === undefined;
  const queues = few && context.enqueue !== undefined;
  const oneNew = cells.length === 1 && operation === "createUsers" && options.upnPattern === undefined;
  const inOneGo = oneNew && queues && last && start !== undefined;
  const work = async (tx: Tx, alone: boolean) => {
    const writing = insertBatch({
      id,
      customerId,
      operation,
      source,
      header,
      columns,
      headerless: false,
      shift: 0,
      remembered: null,
      options,
      actor,
      fileName: null,
      delimiter: null,
      state: "ready",
    });
    const batch = { id, customerId, operation, options, actor };
    const rows = numbered(cells);
    const tally = tallySteps(reading);
    const read = (block: IncomingRow[]) => readBlock(id, block, reading, context.secrets, tally);
    let chunk: QueuedChunk | null = null;
    if (!few) {
      await allowLong(tx);
      await tx.rows(writing);
      const decisions = decideBlocks(context, tx, batch);
      await stageRows(tx, reading, blocks(rows), { read, stored: decisions.stored });
      await keepNotes(tx, id, tally.notes());
      await planBatch(context, tx, batch, { start, last, needs: await decisions.end() });
    } else {
      const inserting = [...read(rows)];
      [, , , chunk] = await tx.together(
        () => tx.rows(writing),
        () => insertRows(tx, inserting),
        () => keepNotes(tx, id, tally.notes()),
        () => (alone ? planOne(context, tx, batch) : planBatch(context, tx, batch, { start, last, queues })),
      );
    }
    if (request.userVersion !== undefined) await keepVersion(tx, id, request.userVersion);
    if (later !== undefined)
      await applyHeld(context, tx, actor, batch, { startAt: later, confirm: confirm ?? "named" });
    await actor.recordResult?.(tx, id);
    return chunk;
  };
  const submit = (alone: boolean) => inTransaction(context.db.pool, (tx) => work(tx, alone), { small: few });
  const chunk = await submit(inOneGo).catch((error: unknown) => {
    if (!(error instanceof MoreToPlan)) throw error;
    return submit(false);
  });
  if (chunk !== null) context.enqueue?.(chunk);
  return { batchId: id, queued: chunk !== null };
}

async function keepVersion(tx: Tx, batchId: string, version: number): Promise<void> {
  await tx.rows(
    sql`update row_results set user_version = ${version} where batch_id = ${batchId} and user_version is not null`,
  );
}

async function keepNotes(tx: Tx, batchId: string, notes: string[]): Promise<void> {
  if (notes.length > 0) await tx.rows(sql`update batches set notes = ${notes} where id = ${batchId}`);
}

function numbered(table: string[][]): IncomingRow[] {
  return table.map((cells, at) => ({ rowNo: at + 1, cells, problem: null }));
}

async function* blocks(rows: IncomingRow[]): AsyncIterable<IncomingRow[]> {
  for (let from = 0; from < rows.length; from += blockRows) yield rows.slice(from, from + blockRows);
}
