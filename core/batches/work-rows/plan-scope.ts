import { sql, type SqlText } from "../../../db/sql-text.ts";
import { batchInputsSql } from "./input-columns.ts";
import { workRows } from "./work-table.ts";

/**
 * What a plan is about: all rows of a batch, whose inputs are in `rows`; or some of them, whose inputs are in the work table,
 * and which are planned over their earlier plan.
 */
export type PlanScope = { rows: "all" } | { rows: "some" };

export const wholeBatch: PlanScope = { rows: "all" };
export const someRows: PlanScope = { rows: "some" };

/** SQL for the inputs that the plan of the batch is about, to select from or join. */
export function inputsSql(scope: PlanScope, batchId: string): SqlText {
  return scope.rows === "all" ? batchInputsSql(batchId) : workRows;
}

/** SQL for the table of these inputs, where it is to be changed, and for which of its rows, called `input`, the plan is about. */
export function inputTable(scope: PlanScope, batchId: string): { table: SqlText; where: SqlText } {
  return scope.rows === "all"
    ? { table: sql`rows`, where: sql`input.batch_id = ${batchId}` }
    : { table: workRows, where: sql`true` };
}
