import type { GdapRole } from "../../../contract/authority.ts";

/**
 * May, may not; `✓*` only where the target is not guarded by a directory role, `c` only where it holds none at all (a
 * password as its maker may see it).
 */
export type Cell = "✓" | "✓*" | "c" | "-";

function line(...cells: [Cell, Cell, Cell, Cell, Cell, Cell, Cell]): Record<GdapRole, Cell> {
  const [reader, license, writer, user, authentication, role, global] = cells;
  return {
    directoryReader: reader,
    licenseAdministrator: license,
    directoryWriter: writer,
    userAdministrator: user,
    privilegedAuthenticationAdministrator: authentication,
    privilegedRoleAdministrator: role,
    globalAdministrator: global,
  };
}

/**
 * The whole table of the domain, written down by hand: Directory Reader, License Admin, Directory Writer, User Admin,
 * Privileged Authentication Admin, Privileged Role Admin, Global Admin.
 */
export const table = {
  read: line("✓", "✓", "✓", "✓", "✓", "✓", "✓"),
  createUsers: line("-", "-", "✓", "✓", "-", "-", "✓"),
  updateUsers: line("-", "-", "✓", "✓", "✓", "-", "✓"),
  changeSignIn: line("-", "-", "✓*", "✓*", "✓", "-", "✓"),
  setUsageLocation: line("-", "✓", "✓", "✓", "-", "-", "✓"),
  changeLicenses: line("-", "✓", "✓", "✓", "-", "-", "✓"),
  resetPasswords: line("-", "-", "-", "✓*", "✓", "-", "✓"),
  deleteUsers: line("-", "-", "-", "✓*", "✓", "-", "✓"),
  restoreUsers: line("-", "-", "✓*", "✓*", "✓", "-", "✓"),
  changePermissions: line("-", "-", "-", "-", "-", "✓", "✓"),
  removeUsers: line("-", "-", "-", "✓*", "✓", "-", "✓"),
  undoBatch: line("-", "✓", "✓", "✓", "✓", "✓", "✓"),
  downloadPasswords: line("-", "-", "c", "✓*", "✓", "-", "✓"),
};
