import type { TargetOperation } from "../../contract/operations.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { SeatNeed } from "../../db/schema/batches.ts";
import { inputsSql, type PlanScope } from "../batches/work-rows/plan-scope.ts";
import { inputColumns } from "../inputs/input-columns.ts";

/**
 * Gives the seats that the planned rows of a batch about users who are there already need, against those that are free once
 * the batch has freed its own.
 */
export async function countNeeds(
  tx: Tx,
  batch: { id: string; customerId: string },
  operation: TargetOperation,
  scope: PlanScope,
): Promise<SeatNeed[]> {
  const inputs = inputsSql(scope);
  const parameters = [batch.id, batch.customerId];
  if (operation === "changeLicenses") return await tx.rows<SeatNeed>(changeSql(inputs), parameters);
  if (operation === "restoreUsers") return await tx.rows<SeatNeed>(restoreSql(inputs), parameters);
  return [];
}

const input = inputColumns("input");

const changeSql = (inputs: string) => `
with planned as (
  select results.user_id, ${input.skuIds}, ${input.removedSkuIds}
  from row_results results join ${inputs} input using (row_no)
  where results.batch_id = $1 and results.plan = 'update' and results.state = 'pending'
), asked as (
  select sku_id, count(*) as rows from planned cross join lateral unnest(sku_ids) choice (sku_id)
  where not exists (
    select from license_assignments held where held.user_id = planned.user_id and held.sku_id = choice.sku_id)
  group by sku_id
), freed as (
  select choice.sku_id, count(*) as rows from planned cross join lateral unnest(removed_sku_ids) choice (sku_id)
  where exists (
    select from license_assignments held where held.user_id = planned.user_id and held.sku_id = choice.sku_id)
  group by choice.sku_id
)
select product.sku_id as "skuId", product.sku_part_number as "skuPartNumber", asked.rows::int as needed,
  (product.total - product.consumed + coalesce(freed.rows, 0))::int as free
from asked join products product on product.customer_id = $2 and product.sku_id = asked.sku_id
left join freed on freed.sku_id = asked.sku_id
order by product.sku_part_number`;

const restoreSql = (inputs: string) => `
with asked as (
  select former.sku_id, count(*) as rows
  from row_results results join ${inputs} input using (row_no)
  join former_licenses former on former.user_id = results.user_id
  where results.batch_id = $1 and results.plan = 'restore' and results.state = 'pending'
  group by former.sku_id
)
select asked.sku_id as "skuId", coalesce(product.sku_part_number, asked.sku_id::text) as "skuPartNumber",
  asked.rows::int as needed, coalesce(product.total - product.consumed, 0)::int as free
from asked left join products product on product.customer_id = $2 and product.sku_id = asked.sku_id
order by 2`;
