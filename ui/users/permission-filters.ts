import { directoryRoleNames } from "../../contract/permissions.ts";

/** The permissions that a list of users can be narrowed by: some role, none, or one of them. */
export const permissionFilters = ["any", "user", ...directoryRoleNames] as const;

export type PermissionFilter = (typeof permissionFilters)[number];
