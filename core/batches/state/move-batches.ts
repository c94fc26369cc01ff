import type { BatchState } from "../../../contract/batch.ts";
import type { Asks } from "../../sql/asks.ts";
import { statesSql } from "./states-sql.ts";
import { type BatchMove, batchTransitions, type Transition } from "./transitions.ts";

/** Which batches move, and what is written along with their state; `values` are `$2` and what follows. */
type MoveOptions = {
  /** SQL for more columns than those of the transition. */
  set?: string | undefined;
  /** SQL for a condition that the batch has to meet as well. */
  where?: string;
  values?: unknown[];
  /** Leaves out batches that somebody else has locked, instead of waiting for them. */
  skipLocked?: boolean;
};

/**
 * SQL that moves the batches for which `where` holds and which are in a state that allows it; to be a part of a statement
 * that does more, for whose notification the caller sees. `returning` may follow.
 */
export function moveBatchesSql(
  move: BatchMove,
  { set: more, where }: { set?: string | undefined; where: string },
): string {
  const { to, set }: Transition<BatchState> = batchTransitions[move];
  const columns = [`state = '${to}'`, set, more].filter((one) => one !== undefined);
  return `update batches set ${columns.join(", ")} where ${mayMoveSql(move)} and (${where})`;
}

/** SQL that is true of a batch in a state from which the move is allowed. */
export function mayMoveSql(move: BatchMove): string {
  return `batches.state in ${statesSql(batchTransitions[move].from)}`;
}

/**
 * Locks those of the batches that are in a state which allows the move, writes their new state and tells who watches them;
 * the dispatchers as well, where they run from now on. Gives the ids of those that moved.
 */
export async function moveBatches(
  asks: Asks,
  move: BatchMove,
  batchIds: readonly string[],
  { set, where = "true", values = [], skipLocked = false }: MoveOptions = {},
): Promise<string[]> {
  const which = skipLocked ? `id in (${unlockedSql(move)})` : "id = any($1)";
  const told = batchTransitions[move].to === "running" ? ", pg_notify('muster_dispatch', '')" : "";
  const moved = await asks.rows<{ id: string }>(
    `with moved as (
       ${moveBatchesSql(move, { set, where: `${which} and (${where})` })} returning id
     ) select id, pg_notify('muster_batch', id::text)${told} from moved`,
    [batchIds, ...values],
  );
  return moved.map(({ id }) => id);
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

const unlockedSql = (move: BatchMove) => `
  select id from batches where id = any($1) and ${mayMoveSql(move)}
  order by id for update skip locked`;
