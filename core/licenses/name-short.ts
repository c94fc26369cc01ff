import type { Cause } from "../../contract/codes.ts";
import type { Tx } from "../../db/in-transaction.ts";
import { shortageCause } from "./refuse-short.ts";

/** Gives the cause for each row of `input_rows` that the plan found short, naming the licenses that it asks for. */
export async function nameShort(tx: Tx, customerId: string): Promise<Map<number, Cause>> {
  const short = await tx.rows<{ rowNo: number; names: string }>(
    `select input.row_no as "rowNo", string_agg(name, ', ' order by name) as names
     from input_rows input join products on products.customer_id = $1 and products.sku_id = any(input.sku_ids)
     where input.short group by input.row_no`,
    [customerId],
  );
  return new Map(short.map(({ rowNo, names }) => [rowNo, shortageCause(rowNo, names)]));
}
