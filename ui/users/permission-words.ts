import { directoryRoles } from "../../contract/permissions.ts";
import type { User } from "../../contract/user.ts";
import { userTexts } from "./user-texts.ts";

/** A user's permission in the words of the forms. */
export function permissionWords(permission: User["permission"]): string {
  return permission === "user"
    ? userTexts.users.permissionUser
    : permission.map((role) => directoryRoles[role].label).join(", ");
}
