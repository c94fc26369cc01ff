import { changeRoles } from "../../../directory/users/change-users.ts";
import { holdTargets } from "./hold-targets.ts";
import type { Operate } from "../../work-rows/outcome.ts";

/**
 * Makes the directory roles of the users exactly those of their rows; none is the plain permission User. Users who hold just
 * these end `unchanged`.
 *
 * Causes: user_gone, changed_meanwhile.
 */
export const changePermissions: Operate = async (tx, work) => {
  const ended = await holdTargets(tx, work, "changePermissions", "permissions");
  work.onStep("permissions");
  await changeRoles(tx, work, null);
  return ended;
};
