import type { RowStep } from "../../../contract/batch.ts";
import type { Cause } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import type { Authority } from "../../access/authority/authority.ts";
import { may } from "../../access/authority/may.ts";
import type { CoreContext } from "../../context.ts";
import { refuseRows } from "../plan/forbid-rows.ts";
import { restorableSince } from "../plan/plan-batch.ts";
import { addChunk, type RowsOfChunk } from "../work-rows/add-chunk.ts";
import { findOutdated } from "../work-rows/find-outdated.ts";
import type { Outcome } from "../work-rows/outcome.ts";
import { openWorkRows } from "../work-rows/work-table.ts";
import type { ChunkTarget, LoadedChunk } from "./hold-chunk.ts";
import { createPlain } from "./operations/create-plain.ts";
import { takeNotedSeats, takeSeats } from "../../directory/licenses/seats.ts";
import { operates } from "./operations/operates.ts";
import { prepareUsers } from "./prepare-users.ts";
import { writeOutcomes } from "./write-outcomes.ts";

/** One run of a chunk. `checksFirst`: an earlier try met what somebody else took meanwhile. */
export type Run = {
  target: ChunkTarget;
  signal: AbortSignal;
  onStep: (step: RowStep) => void;
  checksFirst: boolean;
};

/** A chunk whose lock is held, and what may be done to its rows. */
type HeldChunk = { chunk: LoadedChunk; rows: RowsOfChunk; authority: Authority };

/** Days that a temporary password lives, unless a sign-in ends it before. */
const passwordDays = 7;

/** What a run comes to: the outcomes of the rows that did not simply succeed, and what writes them and counts the seats, along with the commit. */
type Operated = { outcomes: Outcome[]; write: () => Promise<void>; takeSeats: () => Promise<void> };

/** Carries out the operation on the chunk's pending rows, but for what has yet to be written. */
export async function operateChunk(
  context: CoreContext,
  tx: Tx,
  run: Run,
  { chunk, rows, authority }: HeldChunk,
): Promise<Operated> {
  const { customerId } = chunk;
  // Only the chunk itself is held by now: no user and no product waits for a cipher.
  const newUsers = prepareUsers(context, rows.batchId, chunk);
  const common = {
    batchId: rows.batchId,
    customerId,
    actor: chunk.carrier,
    passwordExpiresAt: new Date(context.now().getTime() + passwordDays * 86_400_000),
  };
  if (chunk.plain && !run.checksFirst && may(authority, "createUsers").allowed) {
    run.onStep("create");
    const allowed = { roles: may(authority, "changePermissions").allowed };
    return {
      outcomes: [],
      write: () => createPlain(tx, common, rows, newUsers, allowed),
      takeSeats: () => takeNotedSeats(tx, customerId),
    };
  }
  const seatsToTake = new Map<string, number>();
  const ended = (outcomes: Outcome[]): Operated => ({
    outcomes,
    write: () => writeOutcomes(tx, rows, outcomes),
    takeSeats: () => takeSeats(tx, customerId, seatsToTake),
  });
  const [, { hasNewUsers, otherRows }, outdated] = await tx.together(
    () => openWorkRows(tx),
    () => addChunk(tx, rows, newUsers),
    // What a user has already is no longer asked for.
    async () => (chunk.operation === "createUsers" ? await findOutdated(tx, customerId) : new Map<number, Cause>()),
  );
  if (!hasNewUsers && otherRows.length === 0) return ended([]);
  const refused = await refuseRows(tx, chunk.operation, authority);
  const gone = new Set(refused.map(({ rowNo }) => rowNo));
  const outcomes = await operates[chunk.operation](tx, {
    ...common,
    seatsToTake,
    otherRows: otherRows.filter(({ rowNo }) => !gone.has(rowNo)),
    hasNewUsers,
    now: context.now(),
    restorableSince: restorableSince(context),
    secrets: context.secrets,
    given: chunk.given,
    outdated: new Map([...outdated].filter(([rowNo]) => !gone.has(rowNo))),
    signal: run.signal,
    onStep: run.onStep,
    checksFirst: run.checksFirst,
  });
  return ended([...refused, ...outcomes]);
}
