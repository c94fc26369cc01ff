import type { Outcome, Operate } from "../../work-rows/outcome.ts";
import { textFieldNames } from "../../../../contract/fields.ts";
import { changeRoles } from "../../../directory/users/change-users.ts";
import { workColumns, workRows } from "../../work-rows/work-table.ts";
import { sql, type SqlText } from "../../../../db/sql-text.ts";
import { changeHeld, refuseUnseated } from "./change-licenses.ts";
import { deleteHeld } from "./delete-users.ts";
import { holdTargets } from "./hold-targets.ts";
import { restoreHeld } from "./restore-users.ts";
import { updateHeld } from "./update-users.ts";

const input = workColumns("input");
const fields = sql.join(
  [...textFieldNames, "accountEnabled" as const, "newName" as const].map((name) => input[name]),
  ", ",
);

const rowsWhere = (where: SqlText) => sql`(select input.* from ${workRows} input where ${where})`;
const planned = (plan: "restore" | "delete") => rowsWhere(sql`${input.plan} = ${plan}`);
const writing = rowsWhere(sql`${input.step} is null and (num_nonnulls(${fields}) > 0 or ${input.cleared} <> '{}')`);
const licensing = rowsWhere(sql`${input.skuIds} <> '{}' or ${input.removedSkuIds} <> '{}'`);

/**
 * Puts back what another batch changed, each row by the operations that do such things: users are restored, fields and roles
 * get their former values, licenses come back or go, users are deleted. Where no seat is left for a license that is to come
 * back, nothing of the row is put back; a user who is restored comes without it, and the row ends `partial`.
 *
 * Causes: user_gone, changed_meanwhile, upn_taken, seat_shortage.
 */
export const undoBatch: Operate = async (tx, work) => {
  const outcomes: Outcome[] = await holdTargets(tx, work, "undoBatch", "update");
  const some = (plan: string) => work.otherRows.some((row) => row.plan === plan);
  if (some("restore")) outcomes.push(...(await restoreHeld(tx, work, planned("restore"))));
  if (some("update")) {
    outcomes.push(...(await refuseUnseated(tx, work)));
    work.onStep("update");
    await tx.together(
      () => updateHeld(tx, work, writing),
      () => changeRoles(tx, work, null),
      () => changeHeld(tx, work, licensing),
    );
  }
  if (some("delete")) await deleteHeld(tx, work, planned("delete"));
  return outcomes;
};
