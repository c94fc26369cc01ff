import type { Operation } from "../../../../contract/operations.ts";
import { changeLicenses } from "./change-licenses.ts";
import { changePermissions } from "./change-permissions.ts";
import { createUsers } from "./create-users.ts";
import { deleteUsers } from "./delete-users.ts";
import type { Operate } from "../../work-rows/outcome.ts";
import { removeUsers } from "./remove-users.ts";
import { resetPasswords } from "./reset-passwords.ts";
import { restoreUsers } from "./restore-users.ts";
import { undoBatch } from "./undo-batch.ts";
import { updateUsers } from "./update-users.ts";

/** What carries out each operation. */
export const operates: Record<Operation, Operate> = {
  createUsers,
  updateUsers,
  changePermissions,
  changeLicenses,
  resetPasswords,
  deleteUsers,
  restoreUsers,
  removeUsers,
  undoBatch,
};
