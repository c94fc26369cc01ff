import { directoryRoleNames, directoryRoles, type DirectoryRole } from "../../contract/permissions.ts";
import { foldWords } from "../text/fold-words.ts";

/**
 * The directory roles that `value` names by label or name, separated by `;`, `+` or `,`; none for `User`. Gives the
 * part that names no role as `unknown`.
 */
export function readPermission(value: string): { roles: DirectoryRole[] } | { unknown: string } {
  const roles = new Set<DirectoryRole>();
  const parts = value
    .split(/[;+,]/)
    .map((part) => part.trim())
    .filter(Boolean);
  for (const part of parts) {
    const word = roleWord(part);
    if (word === "user" || word === "benutzer" || word === "utilisateur") continue;
    const role = roleWords.get(word);
    if (role === undefined) return { unknown: part };
    roles.add(role);
  }
  return { roles: [...roles] };
}

/** What a person may write in a permission cell. */
export function permissionChoices(): string {
  return ["User", ...directoryRoleNames.map((name) => directoryRoles[name].label)].join(", ");
}

function roleWord(text: string): string {
  return foldWords(text).replace(/administrator$/, "admin");
}

const roleWords = new Map(
  directoryRoleNames.flatMap((name) => [name, directoryRoles[name].label].map((word) => [roleWord(word), name])),
);
