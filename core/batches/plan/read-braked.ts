import { Problem } from "../../../contract/problem.ts";
import { sql } from "../../../db/sql-text.ts";
import { limitsForAllSql } from "../../directory/customers/brake-limits.ts";
import type { Asks } from "../../sql/asks.ts";
import type { BrakedPlan } from "./brake-of.ts";

/** SQL for the limits that count at the customer of `customers`; null where nobody has set any. */
export const limitsSql = `coalesce(customers.brakes, ${limitsForAllSql})`;

/** Reads what decides whether the plan of a batch may start by itself. @throws Problem not_found */
export async function readBraked(asks: Asks, batchId: string): Promise<BrakedPlan> {
  const [braked] = await asks.rows<BrakedPlan>(sql`
    select operation, state, plan_version as "planVersion", hits, approval, ${sql.unsafe(limitsSql)} as limits
    from batches join customers on customers.id = batches.customer_id where batches.id = ${batchId}`);
  if (braked === undefined) throw new Problem("not_found", "There is no such batch.");
  return braked;
}
