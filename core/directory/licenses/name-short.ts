import type { Cause } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { workColumns, workRows } from "../../batches/work-rows/work-table.ts";
import { shortageCause } from "./refuse-short.ts";

const input = workColumns("input");

/** Gives the cause for each row in the work table that the plan found short, naming the licenses that it asks for. */
export async function nameShort(tx: Tx, customerId: string): Promise<Map<number, Cause>> {
  const short = await tx.rows<{ rowNo: number; names: string }>(
    `select ${input.rowNo} as "rowNo", string_agg(name, ', ' order by name) as names
     from ${workRows} input join products on products.customer_id = $1 and products.sku_id = any(${input.skuIds})
     where ${input.short} group by ${input.rowNo}`,
    [customerId],
  );
  return new Map(short.map(({ rowNo, names }) => [rowNo, shortageCause(rowNo, names)]));
}
