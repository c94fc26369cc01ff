import type { Cause } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { workColumns, workRows } from "../../batches/work-rows/work-table.ts";
import { shortageCause } from "./refuse-shortages.ts";
import { sql } from "../../../db/sql-text.ts";

const input = workColumns("input");

/** Gives the cause for each row in the work table for which the plan found no seat, naming the licenses that it asks for. */
export async function nameShortages(tx: Tx, customerId: string): Promise<Map<number, Cause>> {
  const rows = await tx.rows<{ rowNo: number; names: string }>(
    sql`select ${input.rowNo} as "rowNo", string_agg(name, ', ' order by name) as names
     from ${workRows} input join products on products.customer_id = ${customerId} and products.sku_id = any(${input.skuIds})
     where ${input.noSeat} group by ${input.rowNo}`,
  );
  return new Map(rows.map(({ rowNo, names }) => [rowNo, shortageCause(rowNo, names)]));
}
