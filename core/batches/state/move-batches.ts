import type { BatchState } from "../../../contract/batch.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { currentTraceparent } from "../../../db/tracing.ts";
import type { Asks } from "../../sql/asks.ts";
import type { HeldBatch } from "./hold-batch.ts";
import { statesSql } from "./states-sql.ts";
import { type BatchMove, batchTransitions, type Transition } from "./transitions.ts";

/** Which batches move, and what is written along with their state. */
type MoveOptions = {
  /** SQL for more columns than those of the transition. */
  set?: SqlText | undefined;
  /** SQL for a condition that the batch has to meet as well. */
  where?: SqlText;
  /** Leaves out batches that somebody else has locked, instead of waiting for them. */
  skipLocked?: boolean;
};

/**
 * SQL that moves the batches for which `where` holds and which are in a state that allows it; to be a part of a statement
 * that does more, for whose notification the caller sees. `returning` may follow.
 */
export function moveBatchesSql(
  move: BatchMove,
  { set: more, where }: { set?: SqlText | undefined; where: SqlText },
): SqlText {
  const { to, set }: Transition<BatchState> = batchTransitions[move];
  const columns = [sql.unsafe(`state = '${to}'`), set, traceSql(to), more].filter((one) => one !== undefined);
  return sql`update batches set ${sql.join(columns, ", ")} where ${mayMoveSql(move)} and (${where})`;
}

/** Whoever has a batch carried out has its chunks in their trace. */
function traceSql(to: BatchState): SqlText | undefined {
  const traceparent = to === "running" || to === "scheduled" ? currentTraceparent() : undefined;
  return traceparent === undefined ? undefined : sql`traceparent = ${traceparent}`;
}

/** SQL that is true of a batch in a state from which the move is allowed. */
export function mayMoveSql(move: BatchMove): SqlText {
  return sql`batches.state in ${statesSql(batchTransitions[move].from)}`;
}

/**
 * Locks those of the batches that are in a state which allows the move, writes their new state and tells who watches them;
 * the dispatchers as well, where they run from now on. Gives the ids of those that moved.
 */
export async function moveBatches(
  asks: Asks,
  move: BatchMove,
  batchIds: readonly string[],
  { set, where = sql`true`, skipLocked = false }: MoveOptions = {},
): Promise<string[]> {
  const which = skipLocked ? sql`id in (${unlockedSql(move, batchIds)})` : sql`id = any(${batchIds})`;
  const { to } = batchTransitions[move];
  const told = to === "running" ? sql`, pg_notify('muster_dispatch', '')` : sql``;
  const moved = await asks.rows<{ id: string }>(
    sql`with moved as (
       ${moveBatchesSql(move, { set, where: sql`${which} and (${where})` })} returning id
     ) select id, ${tellMovedSql(move)}${told} from moved live`,
  );
  return moved.map(({ id }) => id);
}

/** SQL that tells who watches the batches `live` that they have made the move. */
export function tellMovedSql(move: BatchMove): SqlText {
  return sql`pg_notify('muster_batch', concat_ws(' ', live.id, '${sql.unsafe(batchTransitions[move].to)}'))`;
}

/**
 * Moves a batch that the caller holds, or has just written, in a state that allows it.
 * @throws Error where the batch is in another state
 */
export async function moveBatch(
  asks: Asks,
  move: BatchMove,
  batchId: string,
  options: Omit<MoveOptions, "where" | "skipLocked"> = {},
): Promise<void> {
  const moved = await moveBatches(asks, move, [batchId], options);
  if (moved.length === 0) throw new Error(`the batch is not in a state for the move ${move}`);
}

/** The move that brings a batch of which a retry awaits approval back to where it was; null for any other batch. */
export function putBackOf({ retriedFrom }: HeldBatch): BatchMove | null {
  if (retriedFrom === null) return null;
  return retriedFrom === "finished" ? "putBack" : "putBackCancelled";
}

const unlockedSql = (move: BatchMove, batchIds: readonly string[]) => sql`
  select id from batches where id = any(${batchIds}) and ${mayMoveSql(move)}
  order by id for update skip locked`;
