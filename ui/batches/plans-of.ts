import { type Batch, type RowPlan, rowPlans } from "../../contract/batch.ts";

const own: Record<Batch["operation"], RowPlan[]> = {
  createUsers: ["create", "update", "restore"],
  updateUsers: ["update"],
  changePermissions: ["update"],
  changeLicenses: ["update"],
  resetPasswords: ["reset"],
  deleteUsers: ["delete"],
  restoreUsers: ["restore"],
  removeUsers: ["remove"],
};
const ofAll: RowPlan[] = ["unchanged", "conflict", "invalid"];

/** What rows of an operation can be planned as, in the order of all plans. */
export function plansOf(operation: Batch["operation"]): RowPlan[] {
  return rowPlans.filter((plan) => own[operation].includes(plan) || ofAll.includes(plan));
}
