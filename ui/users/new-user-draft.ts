import type { TextField } from "../../contract/fields.ts";
import type { DirectoryRole } from "../../contract/permissions.ts";
import type { UserInput } from "../../contract/user.ts";

/** What stands in the form for one user; `displayName` is null until someone writes it, and follows the two names till then. */
export type NewUserDraft = {
  givenName: string;
  surname: string;
  displayName: string | null;
  local: string;
  domain: string;
  usageLocation: string;
  permission: "user" | "global" | "custom";
  roles: DirectoryRole[];
  skus: string[];
  more: Partial<Record<TextField, string>>;
};

/** An empty form, on the given domain. */
export function emptyDraft(domain: string): NewUserDraft {
  return {
    givenName: "",
    surname: "",
    displayName: null,
    local: "",
    domain,
    usageLocation: "",
    permission: "user",
    roles: [],
    skus: [],
    more: {},
  };
}

/** The display name as written, or else both names. */
export function displayNameOf({ displayName, givenName, surname }: NewUserDraft): string {
  return displayName ?? `${givenName} ${surname}`.trim();
}

/** The user that the form asks for, without the fields that are empty. */
export function userInputOf(draft: NewUserDraft): UserInput {
  return {
    userPrincipalName: `${draft.local.trim()}@${draft.domain}`,
    displayName: displayNameOf(draft),
    ...filled({ givenName: draft.givenName, surname: draft.surname, usageLocation: draft.usageLocation }),
    ...filled(draft.more),
    ...(draft.permission === "global" && { permission: ["globalAdmin"] }),
    ...(draft.permission === "custom" && draft.roles.length > 0 && { permission: draft.roles }),
    ...(draft.skus.length > 0 && { licenses: draft.skus.map((sku) => ({ sku })) }),
  };
}

function filled<Key extends string>(values: Partial<Record<Key, string>>): Partial<Record<Key, string>> {
  const entries = Object.entries<string | undefined>(values).map(([key, value]) => [key, value?.trim() ?? ""]);
  return Object.fromEntries(entries.filter(([, value]) => value !== "")) as Partial<Record<Key, string>>;
}
