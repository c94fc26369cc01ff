import type { Tx } from "../../db/in-transaction.ts";
import type { SeatNeed } from "../../db/schema/batches.ts";
import type { PlanScope } from "../batches/work-rows/plan-scope.ts";
import { wantedSql } from "./mark-short.ts";

/** The seats that the pending rows of a batch need against those free. */
export async function seatNeeds(
  tx: Tx,
  batch: { id: string; customerId: string },
  scope: PlanScope,
): Promise<SeatNeed[]> {
  return await tx.rows<SeatNeed>(
    `select product.sku_id as "skuId", product.sku_part_number as "skuPartNumber", asked.needed,
       product.total - product.consumed as free
     from (select sku_id, count(*)::int as needed from (${wantedSql(scope)}) wanted group by sku_id) asked
     join products product on product.customer_id = $2 and product.sku_id = asked.sku_id
     order by product.sku_part_number`,
    [batch.id, batch.customerId],
  );
}
