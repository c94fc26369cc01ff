import type { ChunkState } from "../../../contract/chunk.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { statesSql } from "./states-sql.ts";
import { type ChunkMove, chunkTransitions, type Transition } from "./transitions.ts";

type MoveSql = {
  /** SQL for more columns than those of the transition. */
  set?: SqlText | undefined;
  /** What to join the chunks with. */
  from?: SqlText;
  where: SqlText;
  /** SQL for the number of pending rows that decides, where that is not the chunk's own. */
  pending?: SqlText;
};

/** SQL that is true of a chunk that its running batch still waits for: it is ready, or in the queue. */
export const openChunkSql = sql`chunks.state in ${statesSql([...chunkTransitions.claim.from, chunkTransitions.claim.to])}`;

const quoted = (one: ChunkState) => sql.unsafe(`'${one}'`);

/**
 * SQL that moves the chunks for which `where` holds and which are in a state that allows it; to be a part of a statement
 * that does more. `returning` may follow.
 */
export function moveChunksSql(
  move: ChunkMove,
  { set: more, from: joined, where, pending = sql`chunks.pending` }: MoveSql,
): SqlText {
  const { from, to, toWithoutPending, set }: Transition<ChunkState> = chunkTransitions[move];
  const state =
    toWithoutPending === undefined
      ? sql`state = ${quoted(to)}`
      : sql`state = case when ${pending} > 0 then ${quoted(to)} else ${quoted(toWithoutPending)} end`;
  const columns = [state, set, more].filter((one) => one !== undefined);
  return sql`update chunks set ${sql.join(columns, ", ")} ${joined === undefined ? sql`` : sql`from ${joined}`}
    where chunks.state in ${statesSql(from)} and (${where})`;
}

/**
 * Moves the chunks of a batch that are in a state which allows it and for which `where` holds, and tells the dispatchers
 * where they are ready then. The caller holds the batch.
 */
export async function moveChunks(
  tx: Pick<Tx, "rows">,
  move: ChunkMove,
  batchId: string,
  { set, where = sql`true` }: { set?: SqlText; where?: SqlText } = {},
): Promise<void> {
  const moving = moveChunksSql(move, { set, where: sql`chunks.batch_id = ${batchId} and (${where})` });
  const told = sql`with moved as (${moving}) select pg_notify('muster_dispatch', '')`;
  await tx.rows(chunkTransitions[move].to === "ready" ? told : moving);
}

/** Locks the chunks of a batch, or the one of this number; waits for those at work, which then count as they ended. */
export async function lockChunks(tx: Pick<Tx, "rows">, batchId: string, only: number | null): Promise<void> {
  const which = only === null ? sql`` : sql`and no = ${only}`;
  await tx.rows(sql`select from chunks where batch_id = ${batchId} ${which} order by no for update`);
}
