import type { Operation } from "../../contract/operations.ts";
import type { Database } from "../../db/open-database.ts";
import type { WorkRow } from "../operations/outcome.ts";

/** One chunk of a batch, by its number, in one of its runs. */
export type ChunkTarget = { batchId: string; chunkNo: number; run: number };

export type LoadedChunk = {
  customerId: string;
  operation: Operation;
  actorId: string;
  actorName: string;
  rowFrom: number;
  rowTo: number;
  rows: LoadedRow[];
};

/** A pending row; `sealed` is the password that the file brought, in hexadecimal, as JSON carries it. */
export type LoadedRow = Omit<WorkRow, "newId"> & { sealed: string | null };

/**
 * Gives a chunk with its pending rows, or undefined where it is not on this run any more. Rows come as one JSON value:
 * as columns they would cost ten times as much to parse.
 */
export async function loadChunk(db: Database, target: ChunkTarget): Promise<LoadedChunk | undefined> {
  const [chunk] = await db.sql<LoadedChunk[]>`
    select batches.customer_id as "customerId", batches.operation, batches.actor_id as "actorId",
      batches.actor_name as "actorName", chunks.row_from as "rowFrom", chunks.row_to as "rowTo",
      coalesce((
        select json_agg(json_build_object('rowNo', results.row_no, 'plan', results.plan, 'step', results.step,
          'code', results.code, 'userId', results.user_id, 'userVersion', results.user_version,
          'userPrincipalName', inputs.user_principal_name, 'licenses', inputs.licenses,
          'sealed', case when 'password' = any(batches.columns) then (
            select encode(rows.sealed, 'hex') from rows
            where rows.batch_id = results.batch_id and rows.row_no = results.row_no) end) order by results.row_no)
        from row_results results join row_inputs inputs using (batch_id, row_no)
        where results.batch_id = chunks.batch_id and results.row_no between chunks.row_from and chunks.row_to
          and results.state = 'pending'), '[]') as rows
    from chunks join batches on batches.id = chunks.batch_id
    where chunks.batch_id = ${target.batchId} and chunks.no = ${target.chunkNo} and chunks.run = ${target.run}`;
  return chunk;
}
