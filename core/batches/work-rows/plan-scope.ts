import { batchInputsSql } from "./input-columns.ts";
import { workRows } from "./work-table.ts";

/**
 * What a plan is about: all rows of a batch, whose inputs are in `rows`; or some of them, whose inputs are in the work table,
 * and which are planned over their earlier plan.
 */
export type PlanScope = { rows: "all" } | { rows: "some" };

export const wholeBatch: PlanScope = { rows: "all" };
export const someRows: PlanScope = { rows: "some" };

/** SQL for the inputs that the plan is about, to select from or join; `$1` is the batch. */
export function inputsSql(scope: PlanScope): string {
  return scope.rows === "all" ? batchInputsSql : workRows;
}

/** SQL for the table of these inputs, where it is to be changed, and for which of its rows, called `input`, the plan is about. */
export function inputTable(scope: PlanScope): { table: string; where: string } {
  return scope.rows === "all"
    ? { table: "rows", where: "input.batch_id = $1" }
    : // It is about one batch alone, and a parameter has to be used.
      { table: workRows, where: "$1::uuid is not null" };
}
