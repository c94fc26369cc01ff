import type { BatchOptions, RowPlan } from "../../../contract/batch.ts";
import type { Hits } from "../../../contract/brakes.ts";
import type { Operation } from "../../../contract/operations.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { SeatNeed } from "../../../db/schema/batches.ts";
import type { Actor } from "../../actor.ts";
import { forbidRows } from "./forbid-rows.ts";
import type { CoreContext } from "../../context.ts";
import { carrierOf } from "../../access/authority/authority.ts";
import type { QueuedChunk } from "../../queued-chunk.ts";
import { startBatch, startQueued } from "./start-batch.ts";
import { type PlanStart, startPlan } from "./start-plan.ts";
import { countHits, withUsers } from "./count-hits.ts";
import { keepInputs } from "../work-rows/keep-inputs.ts";
import { type PlanScope, someRows, wholeBatch } from "../work-rows/plan-scope.ts";
import { countPlan, cutChunks } from "./cut-chunks.ts";
import { decideRows } from "./decide-rows.ts";
import { decideTargets } from "./decide-targets.ts";
import { markRepeated } from "./mark-repeated.ts";
import { markShortages } from "../../directory/licenses/mark-shortages.ts";
import { noteLeft } from "./left-by-batch.ts";
import { nameChanges } from "./name-changes.ts";
import type { PlannedOperation } from "./wanted-states.ts";
import { refuseLicenses } from "./refuse-licenses.ts";
import { namedNotes, nameRows } from "./name-rows.ts";
import { countNeeds } from "../../directory/licenses/seat-needs.ts";

/** A batch to plan, and who plans it: rows that they may not carry out are planned invalid. */
export type PlannedBatch = {
  id: string;
  customerId: string;
  operation: Operation;
  options: BatchOptions;
  actor: Actor;
};

/** What follows a plan in its transaction. */
type PlanOptions = {
  start?: PlanStart | undefined;
  /** The seats that the rows need, where all are decided on already. */
  needs?: SeatNeed[] | null;
  /** Nothing else comes in the transaction, which is committed along with the last statements. */
  last?: boolean;
  /** The batch has one chunk and starts at once: the caller puts its chunk into the queue. */
  queues?: boolean;
};

/**
 * Plans all rows of a batch, whose inputs lie in `rows`: compares each with the directory, counts seats, cuts chunks and
 * writes the counts to the batch, whose plan version grows by one. Starts it where `start` says so, unless it needs a yes
 * first. Gives the chunk that the caller is to put into the queue once the transaction is committed, or null.
 */
export async function planBatch(
  context: CoreContext,
  tx: Tx,
  batch: PlannedBatch,
  { start, needs, last = false, queues = false }: PlanOptions = {},
): Promise<QueuedChunk | null> {
  const { upnPattern } = batch.options;
  if (upnPattern !== undefined) {
    const notes = namedNotes(await nameRows(tx, batch, restorableSince(context), wholeBatch), upnPattern);
    if (notes.length > 0) await tx.rows(sql`update batches set notes = notes || ${notes} where id = ${batch.id}`);
  }
  if (batch.operation !== "createUsers") await decideTargetRows(context, tx, batch, batch.operation, wholeBatch);
  const [decided, , counts, early] = await tx.together(
    () => decideRest(context, tx, batch, wholeBatch, needs),
    () => cutChunks(tx, batch.id, null),
    () => countPlan(tx, batch.id),
    // Of a few rows, whatever they are planned as, this costs less than another way there and back.
    async () => (tx.small ? await countHits(tx, batch, null) : undefined),
  );
  const seats = decided ?? (await countNeeds(tx, batch, wholeBatch));
  await markShortages(tx, batch, seats, wholeBatch);
  const hits = await withUsers(tx, batch, early ?? (await countHits(tx, batch, counts)));
  const sums = { counts, seats, hits };
  if (start === undefined || hits.users + hits.admins > 0) {
    await (last && start === undefined ? tx.last : tx.together)(
      () => writePlan(tx, batch, sums),
      async () => start && (await startPlan(context, tx, batch.actor, batch, start)),
    );
    return null;
  }
  const { startAt } = start;
  const carrier = carrierOf(batch.actor);
  const set = sql`(plan, seats, hits, plan_version) = ${sumsSql(sums)}`;
  const [chunk] = await (last ? tx.last : tx.together)(() =>
    queues ? startQueued(tx, carrier, batch.id, { set }) : startBatch(tx, carrier, batch.id, { set, startAt }),
  );
  return chunk ?? null;
}

/** Decides on rows of a batch anew, those in the work table, and gives the seats that they need. */
export async function decideWorkRows(context: CoreContext, tx: Tx, batch: PlannedBatch): Promise<SeatNeed[]> {
  const { operation } = batch;
  if (operation !== "createUsers") await decideTargetRows(context, tx, batch, operation, someRows);
  return (await decideRest(context, tx, batch, someRows)) ?? (await countNeeds(tx, batch, someRows));
}

/**
 * Decides on rows that create users, unless that is done and `needs` says which seats they need, and plans those invalid that
 * repeat a name or may not be carried out. Gives the seats that the rows need, or null where they have yet to be counted.
 */
async function decideRest(
  context: CoreContext,
  tx: Tx,
  batch: PlannedBatch,
  scope: PlanScope,
  needs: SeatNeed[] | null = null,
): Promise<SeatNeed[] | null> {
  const creating = batch.operation === "createUsers";
  const [decided, repeated, forbidden] = await tx.together(
    async () => needs ?? (creating ? await decideRows(tx, batch, restorableSince(context), scope) : null),
    async () => (creating ? await markRepeated(tx, batch.id, scope) : 0),
    () => forbidRows(tx, batch, batch.actor.authority, scope),
  );
  return repeated + forbidden === 0 ? decided : null;
}

async function decideTargetRows(
  context: CoreContext,
  tx: Tx,
  batch: PlannedBatch,
  operation: PlannedOperation,
  scope: PlanScope,
): Promise<void> {
  const when = { restorableSince: restorableSince(context), now: context.now() };
  if (operation === "undoBatch" && scope.rows === "some") await noteLeft(tx, batch);
  await decideTargets(tx, batch, operation, when, scope);
  if (operation === "undoBatch") await nameChanges(tx, batch.id, scope);
  if (operation === "changeLicenses" || operation === "undoBatch") await refuseLicenses(tx, batch.id, scope);
}

/**
 * Plans some rows of a batch once more, those in the work table, over their earlier plan, and gives what all pending rows hit. The
 * seats that the whole file needed stay on record, and so does what was hit where it was more: a retry makes no plan smaller.
 * The caller holds the chunk `only`, or all chunks where that is null.
 */
export async function planWorkRows(
  context: CoreContext,
  tx: Tx,
  batch: PlannedBatch,
  only: number | null,
): Promise<Hits> {
  if (batch.options.upnPattern !== undefined) await nameRows(tx, batch, restorableSince(context), someRows);
  const seats = await decideWorkRows(context, tx, batch);
  await keepInputs(tx, batch.id);
  await markShortages(tx, batch, seats, someRows);
  await cutChunks(tx, batch.id, only === null ? null : [only]);
  const counts = await countPlan(tx, batch.id);
  const hits = await withUsers(tx, batch, await countHits(tx, batch, counts));
  await tx.rows(sql`
    update batches set plan = ${JSON.stringify(counts)}, plan_version = plan_version + 1,
      hits = case when (hits ->> 'users')::int < ${hits.users} then ${JSON.stringify(hits)}::jsonb else hits end
    where id = ${batch.id}`);
  return hits;
}

type PlanSums = { counts: Record<RowPlan, number>; seats: SeatNeed[]; hits: Hits };

/** Writes the sums of a plan to its batch, whose plan version grows by one. */
export async function writePlan(tx: Tx, { id }: Pick<PlannedBatch, "id">, sums: PlanSums): Promise<void> {
  await tx.rows(sql`update batches set (plan, seats, hits, plan_version) = ${sumsSql(sums)} where id = ${id}`);
}

const sumsSql = ({ counts, seats, hits }: PlanSums) =>
  sql`(${JSON.stringify(counts)}, ${JSON.stringify(seats)}, ${JSON.stringify(hits)}, plan_version + 1)`;

/** Users deleted after this moment can be restored. */
export function restorableSince(context: CoreContext): Date {
  return new Date(context.now().getTime() - context.restoreDays * 86_400_000);
}
