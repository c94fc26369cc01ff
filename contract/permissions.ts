/**
 * Directory roles that a user may hold, with the words that files and forms use for them.
 * Source: Partner Center, "Permissions": User, Global admin, Custom (the other three).
 */
export const directoryRoles = {
  globalAdmin: { label: "Global admin" },
  passwordAdmin: { label: "Password admin" },
  userManagementAdmin: { label: "User management admin" },
  serviceAdmin: { label: "Service admin" },
} as const satisfies Record<string, { label: string }>;

export type DirectoryRole = keyof typeof directoryRoles;

export const directoryRoleNames = Object.keys(directoryRoles) as [DirectoryRole, ...DirectoryRole[]];
