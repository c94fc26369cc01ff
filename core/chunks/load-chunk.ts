import type { BatchOptions, RowPlan, RowStep } from "../../contract/batch.ts";
import type { CauseCode } from "../../contract/codes.ts";
import type { FieldName } from "../../contract/fields.ts";
import type { Operation } from "../../contract/operations.ts";
import type { Database } from "../../db/open-database.ts";

/** One chunk of a batch, by its number, in one of its runs. */
export type ChunkTarget = { batchId: string; chunkNo: number; run: number };

export type LoadedChunk = {
  customerId: string;
  operation: Operation;
  options: BatchOptions;
  header: string[];
  columns: (FieldName | null)[];
  actorId: string;
  actorName: string;
  rowFrom: number;
  rowTo: number;
  rows: LoadedRow[];
};

export type LoadedRow = {
  rowNo: number;
  cells: string[];
  /** Hexadecimal, as JSON carries it. */
  sealed: string | null;
  plan: RowPlan;
  step: RowStep | null;
  code: CauseCode | null;
  userId: string | null;
  userVersion: number | null;
};

/**
 * Gives a chunk with its pending rows, or undefined where it is not on this run any more. Rows come as one JSON value:
 * parsing a thousand `text[]` in JavaScript costs ten times as much; and postgres.js gives a null in one as the word NULL.
 */
export async function loadChunk(db: Database, target: ChunkTarget): Promise<LoadedChunk | undefined> {
  const [chunk] = await db.sql<LoadedChunk[]>`
    select batches.customer_id as "customerId", batches.operation, batches.options, batches.header,
      to_json(batches.columns) as columns,
      batches.actor_id as "actorId", batches.actor_name as "actorName", chunks.row_from as "rowFrom",
      chunks.row_to as "rowTo",
      coalesce((
        select json_agg(json_build_object('rowNo', rows.row_no, 'cells', rows.cells, 'sealed', encode(rows.sealed, 'hex'),
          'plan', results.plan, 'step', results.step, 'code', results.code, 'userId', results.user_id,
          'userVersion', results.user_version) order by rows.row_no)
        from row_results results join rows using (batch_id, row_no)
        where results.batch_id = chunks.batch_id and results.row_no between chunks.row_from and chunks.row_to
          and results.state = 'pending'), '[]') as rows
    from chunks join batches on batches.id = chunks.batch_id
    where chunks.batch_id = ${target.batchId} and chunks.no = ${target.chunkNo} and chunks.run = ${target.run}`;
  return chunk;
}
