import { type RowPlan, rowPlans } from "../../contract/batch.ts";
import { type Operation, operations } from "../../contract/operations.ts";

const ofAll: readonly RowPlan[] = ["unchanged", "conflict", "invalid"];

/** What rows of an operation can be planned as, in the order of all plans. */
export function plansOf(operation: Operation): RowPlan[] {
  const own: readonly RowPlan[] = operations[operation].plans;
  return rowPlans.filter((plan) => own.includes(plan) || ofAll.includes(plan));
}
