import type { ChunkState } from "../../../contract/chunk.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { statesSql } from "./states-sql.ts";
import { type ChunkMove, chunkTransitions, type Transition } from "./transitions.ts";

type MoveSql = {
  /** SQL for more columns than those of the transition. */
  set?: string | undefined;
  /** What to join the chunks with. */
  from?: string;
  where: string;
  /** SQL for the number of pending rows that decides, where that is not the chunk's own. */
  pending?: string;
};

/** SQL that is true of a chunk that its running batch still waits for: it is ready, or in the queue. */
export const openChunkSql = `chunks.state in ${statesSql([...chunkTransitions.claim.from, chunkTransitions.claim.to])}`;

/**
 * SQL that moves the chunks for which `where` holds and which are in a state that allows it; to be a part of a statement
 * that does more. `returning` may follow.
 */
export function moveChunksSql(
  move: ChunkMove,
  { set: more, from: joined, where, pending = "chunks.pending" }: MoveSql,
): string {
  const { from, to, toWithoutPending, set }: Transition<ChunkState> = chunkTransitions[move];
  const state =
    toWithoutPending === undefined ? `'${to}'` : `case when ${pending} > 0 then '${to}' else '${toWithoutPending}' end`;
  const columns = [`state = ${state}`, set, more].filter((one) => one !== undefined);
  return `update chunks set ${columns.join(", ")}${joined === undefined ? "" : ` from ${joined}`}
    where chunks.state in ${statesSql(from)} and (${where})`;
}

/**
 * Moves the chunks of a batch that are in a state which allows it and for which `where` holds, and tells the dispatchers
 * where they are ready then; `values` are `$2` and what follows. The caller holds the batch.
 */
export async function moveChunks(
  tx: Pick<Tx, "rows">,
  move: ChunkMove,
  batchId: string,
  { set, where = "true", values = [] }: { set?: string; where?: string; values?: unknown[] } = {},
): Promise<void> {
  const moving = moveChunksSql(move, { set, where: `chunks.batch_id = $1 and (${where})` });
  const told = `with moved as (${moving}) select pg_notify('muster_dispatch', '')`;
  await tx.rows(chunkTransitions[move].to === "ready" ? told : moving, [batchId, ...values]);
}

/** Locks the chunks of a batch, or the one of this number; waits for those at work, which then count as they ended. */
export async function lockChunks(tx: Pick<Tx, "rows">, batchId: string, only: number | null): Promise<void> {
  const which = only === null ? sql`` : sql`and no = ${only}`;
  await tx.rows(sql`select from chunks where batch_id = ${batchId} ${which} order by no for update`);
}
