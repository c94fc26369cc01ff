import type { Carrier } from "../../../db/schema/batches.ts";
import type { ChunkState } from "../../../contract/chunk.ts";
import type { BatchState } from "../../../contract/batch.ts";
import type { Operation } from "../../../contract/operations.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { allRowsSql } from "../state/row-counts.ts";

/** One chunk of a batch, by its number, in one of its runs. */
export type ChunkTarget = { batchId: string; chunkNo: number; run: number };

export type LoadedChunk = {
  run: number;
  state: ChunkState;
  batchState: BatchState;
  customerId: string;
  operation: Operation;
  carrier: Carrier;
  rowFrom: number;
  rowTo: number;
  rows: number;
  /** How many of its rows this run is about. */
  pending: number;
  /** Each of these makes a user who gets all that the row asks for. */
  plain: boolean;
  /** The pending rows that make a user. */
  creating: number[];
  /** Of these, the passwords that the file brought, sealed, in hexadecimal. */
  given: { rowNo: number; sealed: string }[];
};

/** Locks a chunk and gives it with what its run has to prepare. @throws TransientFault 55P03 where another run holds it. */
export async function holdChunk(tx: Tx, target: ChunkTarget): Promise<LoadedChunk | undefined> {
  const [chunk] = await tx.rows<LoadedChunk>(holdSql(target));
  return chunk;
}

const holdSql = ({ batchId, chunkNo }: ChunkTarget) => sql`
select chunks.run, chunks.state, batches.state as "batchState", batches.customer_id as "customerId", batches.operation,
  chunks.carrier, chunks.row_from as "rowFrom", chunks.row_to as "rowTo", chunks.pending, ${allRowsSql} as rows,
  coalesce(creating.plain, false) as plain, coalesce(creating.row_nos, '[]') as creating, coalesce(given.seals, '[]') as given
from chunks join batches on batches.id = chunks.batch_id
left join lateral (
  select bool_and(code is null and makes) as plain, json_agg(row_no order by row_no) filter (where makes) as row_nos
  from row_results results cross join lateral (select results.plan = 'create' and results.step is null) one (makes)
  where results.batch_id = chunks.batch_id and results.row_no between chunks.row_from and chunks.row_to
    and results.state = 'pending'
) creating on true
left join lateral (
  select json_agg(json_build_object('rowNo', row_no, 'sealed', encode(sealed, 'hex'))) as seals from rows
  where 'password' = any(batches.columns) and rows.sealed is not null
    and rows.batch_id = chunks.batch_id and rows.row_no between chunks.row_from and chunks.row_to
) given on true
where chunks.batch_id = ${batchId} and chunks.no = ${chunkNo} for update of chunks nowait`;
