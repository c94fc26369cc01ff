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
import { operates } from "./operations/operates.ts";
import { prepareUsers } from "./prepare-users.ts";

/** One run of a chunk. `checksFirst`: an earlier try met what somebody else took meanwhile. */
export type Run = {
  target: ChunkTarget;
  signal: AbortSignal;
  onStep: (step: RowStep) => void;
  checksFirst: boolean;
};

/** A chunk whose lock is held, and what may be done to its rows. */
type HeldChunk = { chunk: LoadedChunk; rows: RowsOfChunk; authority: Authority; seatsToTake: Map<string, number> };

/** Days that a temporary password lives, unless a sign-in ends it before. */
const passwordDays = 7;

/**
 * Carries out the operation on the chunk's pending rows, and gives the outcomes of those that did not simply succeed, or null
 * where how the rows ended is written already.
 */
export async function operateChunk(
  context: CoreContext,
  tx: Tx,
  run: Run,
  { chunk, rows, authority, seatsToTake }: HeldChunk,
): Promise<Outcome[] | null> {
  // Only the chunk itself is held by now: no user and no product waits for a cipher.
  const newUsers = prepareUsers(context, rows.batchId, chunk);
  const common = {
    batchId: rows.batchId,
    customerId: chunk.customerId,
    actor: chunk.carrier,
    passwordExpiresAt: new Date(context.now().getTime() + passwordDays * 86_400_000),
    seatsToTake,
  };
  if (chunk.plain && !run.checksFirst && may(authority, "createUsers").allowed) {
    run.onStep("create");
    await createPlain(tx, common, rows, newUsers, { roles: may(authority, "changePermissions").allowed });
    return null;
  }
  const [, { hasNewUsers, otherRows }, outdated] = await tx.together(
    () => openWorkRows(tx),
    () => addChunk(tx, rows, newUsers),
    // What a user has already is no longer asked for.
    async () =>
      chunk.operation === "createUsers" ? await findOutdated(tx, chunk.customerId) : new Map<number, Cause>(),
  );
  if (!hasNewUsers && otherRows.length === 0) return [];
  const refused = await refuseRows(tx, chunk.operation, authority);
  const gone = new Set(refused.map(({ rowNo }) => rowNo));
  const outcomes = await operates[chunk.operation](tx, {
    ...common,
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
  return [...refused, ...outcomes];
}
