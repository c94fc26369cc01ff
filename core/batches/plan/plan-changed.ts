import { type RowPlan, rowPlans } from "../../../contract/batch.ts";
import type { Hits } from "../../../contract/brakes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import type { CoreContext } from "../../context.ts";
import { keepInputs } from "../work-rows/keep-inputs.ts";
import { someRows, wholeBatch } from "../work-rows/plan-scope.ts";
import { workRowNos } from "../work-rows/work-table.ts";
import { countHits, noHits, withUsers } from "./count-hits.ts";
import { chunksOf, countPlan, cutChunks, emptyPlan } from "./cut-chunks.ts";
import { markShortages, unmarkShortages } from "../../directory/licenses/mark-shortages.ts";
import { countNeeds, countWanted, moveNeeds } from "../../directory/licenses/seat-needs.ts";
import { nameRows } from "./name-rows.ts";
import { decideWorkRows, restorableSince, writePlan, type PlannedBatch } from "./plan-batch.ts";
import { sql } from "../../../db/sql-text.ts";

/** What some rows of a plan count for: rows by plan, seats by product, and users hit. */
type Share = { plans: Record<RowPlan, number>; seats: Map<string, number>; hits: Pick<Hits, "users" | "admins"> };

/**
 * Plans the rows in the work table once more, of a batch of which nothing has run; the seats are marked anew over the whole
 * batch. What the plan counts is moved by what these rows counted before and count now, so that a cell of a batch of a
 * million is not a count of a million. The caller holds the batch; every row with a name that one of them has or had is
 * among them.
 */
export async function planChanged(context: CoreContext, tx: Tx, batch: PlannedBatch): Promise<void> {
  const rowNos = await workRowNos(tx);
  const before = await shareOf(tx, batch, rowNos);
  if (batch.options.upnPattern !== undefined) await nameRows(tx, batch, restorableSince(context), someRows);
  await decideWorkRows(context, tx, batch);
  await keepInputs(tx, batch.id);
  const after = await shareOf(tx, batch, rowNos);
  const seats =
    batch.operation === "createUsers"
      ? await moveNeeds(tx, batch, movesOf(before.seats, after.seats))
      : await countNeeds(tx, batch, wholeBatch);
  await unmarkShortages(tx, batch);
  await markShortages(tx, batch, seats, wholeBatch);
  await cutChunks(tx, batch.id, await chunksOf(tx, batch.id, rowNos));
  const { plan: counts, hits } = await movedPlan(tx, batch, before, after);
  await writePlan(tx, batch, { counts, seats, hits: await withUsers(tx, batch, hits) });
}

async function shareOf(tx: Tx, batch: PlannedBatch, rowNos: readonly number[]): Promise<Share> {
  const plans = await countPlan(tx, batch.id, rowNos);
  return {
    plans,
    seats: await countWanted(tx, batch, rowNos),
    hits: await countHits(tx, batch, plans, rowNos),
  };
}

type Sums = { plan: Record<RowPlan, number>; hits: Hits };

async function movedPlan(tx: Tx, batch: PlannedBatch, before: Share, after: Share): Promise<Sums> {
  const [found] = await tx.rows<Sums>(sql`select plan, hits from batches where id = ${batch.id}`);
  const plan = { ...emptyPlan, ...found?.plan };
  const { users, admins } = found?.hits ?? noHits;
  for (const one of rowPlans) plan[one] += after.plans[one] - before.plans[one];
  const hits = {
    users: users + after.hits.users - before.hits.users,
    admins: admins + after.hits.admins - before.hits.admins,
    of: null,
  };
  return { plan, hits };
}

/** How much more of each is wanted after than before. */
function movesOf(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Map<string, number> {
  const skuIds = new Set([...before.keys(), ...after.keys()]);
  return new Map([...skuIds].map((skuId) => [skuId, (after.get(skuId) ?? 0) - (before.get(skuId) ?? 0)]));
}
