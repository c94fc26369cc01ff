import type { SeatNeed } from "../../db/schema/batches.ts";
import { batchInputsSql } from "../inputs/input-rows.ts";
import type { Tx } from "../../db/in-transaction.ts";

/** The planned rows among `inputs` that are to get licenses, a line for each license that the user does not hold yet. */
const wantedSql = (inputs: string) => `
select results.row_no, wanted.sku_id
from row_results results
join ${inputs} input using (row_no)
cross join lateral unnest(input.sku_ids) wanted (sku_id)
where results.batch_id = $1 and results.state = 'pending' and results.plan in ('create', 'update', 'restore')
  and not exists (
    select from license_assignments held where held.user_id = results.user_id and held.sku_id = wanted.sku_id)`;

/**
 * Counts the seats that the planned rows need against those free, and marks the rows beyond them `seat_shortage`, in
 * row order, so that the agent sees before the start who will stay without. A row gets all of its licenses or none: a
 * row that is refused one product leaves the seats of the others to the rows after it. With `again`, only the rows in
 * `input_rows` count.
 */
export async function planSeats(
  tx: Tx,
  batch: { id: string; customerId: string },
  again: boolean,
): Promise<SeatNeed[]> {
  const wanted = wantedSql(again ? "input_rows" : batchInputsSql);
  const needs = await tx.rows<SeatNeed>(
    `select product.sku_id as "skuId", product.sku_part_number as "skuPartNumber",
       count(*)::int as needed, product.total - product.consumed as free
     from (${wanted}) wanted join products product on product.customer_id = $2 and product.sku_id = wanted.sku_id
     group by product.sku_id, product.sku_part_number, product.total, product.consumed
     order by product.sku_part_number`,
    [batch.id, batch.customerId],
  );
  // Each round runs one product dry: the one whose seats end first, counting only rows not refused so far. From that
  // row on, every row that wants it is refused, so there are at most as many rounds as products.
  for (let short = needs.filter((need) => need.needed > need.free); short.length > 0;) {
    const dry = await markShortest(tx, wanted, batch.id, short);
    if (dry === undefined) break;
    short = short.filter((need) => need.skuId !== dry);
  }
  return needs;
}

async function markShortest(tx: Tx, wanted: string, batchId: string, short: SeatNeed[]): Promise<string | undefined> {
  const [first] = await tx.rows<{ skuId: string; rowNo: number }>(
    `select sku_id as "skuId", row_no as "rowNo" from (
       select wanted.sku_id, wanted.row_no,
         count(*) over (partition by wanted.sku_id order by wanted.row_no) as place
       from (${wanted} and results.code is null) wanted
     ) queue join unnest($2::uuid[], $3::int[]) seats (sku_id, free) using (sku_id)
     where place = free + 1 order by row_no limit 1`,
    [batchId, short.map((need) => need.skuId), short.map((need) => Math.max(0, need.free))],
  );
  const need = short.find((candidate) => candidate.skuId === first?.skuId);
  if (first === undefined || need === undefined) return undefined;
  await tx.rows(
    `update row_results results
     set code = 'seat_shortage', field = 'licenses', message = 'Row ' || results.row_no || ': ' || $4
     from (${wanted} and results.code is null) wanted
     where results.batch_id = $1 and results.row_no = wanted.row_no and wanted.sku_id = $2 and wanted.row_no >= $3`,
    [batchId, need.skuId, first.rowNo, shortageText(need)],
  );
  return need.skuId;
}

function shortageText(need: SeatNeed): string {
  return (
    `no seat of ${need.skuPartNumber} is left for this row. The file needs ${need.needed}, ${need.free} are free. ` +
    "The user will be created without licenses; add seats, then retry the row."
  );
}
