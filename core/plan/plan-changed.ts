import type { RowPlan } from "../../contract/batch.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { SeatNeed } from "../../db/schema/batches.ts";
import type { CoreContext } from "../context.ts";
import { keepInputs } from "../batches/work-rows/keep-inputs.ts";
import { someRows, wholeBatch } from "../batches/work-rows/plan-scope.ts";
import { workRowNos } from "../batches/work-rows/work-table.ts";
import { countNeeds } from "./count-needs.ts";
import { chunkOf, cutChunks, emptyPlan } from "./cut-chunks.ts";
import { markShort, unmarkShort, wantedSql } from "../licenses/mark-short.ts";
import { nameRows } from "./name-rows.ts";
import { judgeWorkRows, restorableSince, writePlan, type PlannedBatch } from "./plan-batch.ts";

/** What some rows of a plan count for: rows by plan, and seats by product. */
type Share = { plans: Map<RowPlan, number>; seats: Map<string, number> };

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
  await judgeWorkRows(context, tx, batch);
  await keepInputs(tx, batch.id);
  const after = await shareOf(tx, batch, rowNos);
  const seats =
    batch.operation === "createUsers"
      ? await movedSeats(tx, batch, before, after)
      : await countNeeds(tx, batch, batch.operation, wholeBatch);
  await unmarkShort(tx, batch);
  await markShort(tx, batch, seats, wholeBatch);
  await cutChunks(tx, batch.id, [...new Set(rowNos.map(chunkOf))]);
  await writePlan(tx, batch, await movedPlan(tx, batch, before, after), seats);
}

async function shareOf(tx: Tx, batch: PlannedBatch, rowNos: readonly number[]): Promise<Share> {
  const plans = await tx.rows<{ plan: RowPlan; rows: number }>(
    `select plan, count(*)::int as rows from row_results where batch_id = $1 and row_no = any($2) group by plan`,
    [batch.id, rowNos],
  );
  const seats = await tx.rows<{ skuId: string; rows: number }>(
    `select sku_id as "skuId", count(*)::int as rows
     from (${wantedSql(wholeBatch)} and results.row_no = any($2)) wanted group by sku_id`,
    [batch.id, rowNos],
  );
  return {
    plans: new Map(plans.map(({ plan, rows }) => [plan, rows])),
    seats: new Map(seats.map(({ skuId, rows }) => [skuId, rows])),
  };
}

async function movedPlan(tx: Tx, batch: PlannedBatch, before: Share, after: Share): Promise<Record<RowPlan, number>> {
  const [found] = await tx.rows<{ plan: Record<RowPlan, number> }>("select plan from batches where id = $1", [
    batch.id,
  ]);
  const plan = { ...emptyPlan, ...found?.plan };
  for (const [one, rows] of before.plans) plan[one] -= rows;
  for (const [one, rows] of after.plans) plan[one] += rows;
  return plan;
}

async function movedSeats(tx: Tx, batch: PlannedBatch, before: Share, after: Share): Promise<SeatNeed[]> {
  const skuIds = [...new Set([...before.seats.keys(), ...after.seats.keys()])];
  const moves = skuIds.map((skuId) => (after.seats.get(skuId) ?? 0) - (before.seats.get(skuId) ?? 0));
  return await tx.rows<SeatNeed>(
    `select product.sku_id as "skuId", product.sku_part_number as "skuPartNumber", asked.needed,
       product.total - product.consumed as free
     from (
       select sku_id, sum(rows)::int as needed from (
         select (need ->> 'skuId')::uuid as sku_id, (need ->> 'needed')::int as rows
         from batches, jsonb_array_elements(seats) need where id = $1
         union all select * from unnest($3::uuid[], $4::int[])
       ) parts group by sku_id
     ) asked
     join products product on product.customer_id = $2 and product.sku_id = asked.sku_id
     where asked.needed > 0 order by product.sku_part_number`,
    [batch.id, batch.customerId, skuIds, moves],
  );
}
