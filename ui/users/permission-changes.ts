import { type DirectoryRole, directoryRoleNames, directoryRoles } from "../../contract/permissions.ts";
import type { SelectionSummary } from "../../contract/selection-summary.ts";
import type { User } from "../../contract/user.ts";
import { permissionTexts } from "./permission-texts.ts";

/** What stands in a form about permissions; `permission` is null until one is chosen. */
export type PermissionDraft = { permission: "user" | "global" | "custom" | null; roles: DirectoryRole[] };

/** The form filled in with what a user has. */
export function draftOf(permission: User["permission"]): PermissionDraft {
  if (permission === "user") return { permission: "user", roles: [] };
  return permission.includes("globalAdmin")
    ? { permission: "global", roles: [] }
    : { permission: "custom", roles: permission };
}

/** The permission that the form asks for, or null while it is not complete. */
export function wantedPermission({ permission, roles }: PermissionDraft): User["permission"] | null {
  if (permission === "user") return "user";
  if (permission === "global") return ["globalAdmin"];
  return permission === null || roles.length === 0 ? null : roles;
}

/** Who holds which roles of a selection, as sentences are made of it. */
export type RoleHolders = Pick<SelectionSummary, "users" | "permissions">;

/** What one user holds. */
export function roleHoldersOf({ permission }: Pick<User, "permission">): RoleHolders {
  const roles = permission === "user" ? [] : permission;
  return { users: 1, permissions: roles.map((role) => ({ permission: role, users: 1 })) };
}

/** What a permission changes for the users, in one sentence for each role; none where all have just that. */
export function permissionChanges({ users, permissions }: RoleHolders, wanted: User["permission"]): string[] {
  const holders = new Map(permissions.map((one) => [one.permission, one.users]));
  return directoryRoleNames.flatMap((role) => {
    const held = holders.get(role) ?? 0;
    const { label } = directoryRoles[role];
    if (wanted !== "user" && wanted.includes(role)) {
      return held === users ? [] : [permissionTexts.permissions.gets(label, users - held)];
    }
    return held === 0 ? [] : [permissionTexts.permissions.loses(label, held)];
  });
}
