import { type TextField, textFieldNames, textFields } from "../../contract/fields.ts";
import type { DirectoryRole } from "../../contract/permissions.ts";
import type { User } from "../../contract/user.ts";
import { wantedPermission } from "./permission-changes.ts";
import { type LicenseDraft, noLicenseChanges } from "./license-changes.ts";

/** The steps of the forms about one user, in order. */
export const formSteps = ["info", "permissions", "licenses", "review"] as const;

export type FormStep = (typeof formSteps)[number];

/** The fields in the folded part of the form. */
export const moreFields = textFieldNames.filter(
  (field): field is MoreField =>
    !["userPrincipalName", "displayName", "givenName", "surname", "usageLocation"].includes(field),
);

export type MoreField = Exclude<
  TextField,
  "userPrincipalName" | "displayName" | "givenName" | "surname" | "usageLocation"
>;

/** What stands in the form for one user, new or not; a text that is empty is not there. */
export type UserForm = {
  givenName: string;
  surname: string;
  displayName: string;
  local: string;
  domain: string;
  usageLocation: string;
  accountEnabled: boolean;
  more: Partial<Record<MoreField, string>>;
  permission: "user" | "global" | "custom";
  roles: DirectoryRole[];
  licenses: LicenseDraft;
};

/** Why the server refused what a form sent: at which field, by which code, in a sentence. */
export type FormRefusal = { field: string | null; code: string; message: string };

/** An empty form, with what is usual at the customer. */
export function emptyForm({ domain, usageLocation }: { domain: string; usageLocation: string }): UserForm {
  return {
    givenName: "",
    surname: "",
    displayName: "",
    local: "",
    domain,
    usageLocation,
    accountEnabled: true,
    more: {},
    permission: "user",
    roles: [],
    licenses: noLicenseChanges,
  };
}

/** The form filled in with a user. */
export function formOf(user: User): UserForm {
  const at = user.userPrincipalName.lastIndexOf("@");
  const roles = user.permission === "user" ? [] : user.permission;
  return {
    givenName: user.givenName ?? "",
    surname: user.surname ?? "",
    displayName: user.displayName,
    local: user.userPrincipalName.slice(0, at),
    domain: user.userPrincipalName.slice(at + 1),
    usageLocation: user.usageLocation ?? "",
    accountEnabled: user.accountEnabled,
    more: Object.fromEntries(moreFields.map((field) => [field, user[field] ?? ""])),
    permission: roles.length === 0 ? "user" : roles.length === 1 && roles[0] === "globalAdmin" ? "global" : "custom",
    roles,
    licenses: noLicenseChanges,
  };
}

/** The whole username. */
export function upnOf({ local, domain }: Pick<UserForm, "local" | "domain">): string {
  return `${local.trim()}@${domain}`;
}

/** The permission as the api takes it. */
export function permissionOf({ permission, roles }: Pick<UserForm, "permission" | "roles">): "user" | DirectoryRole[] {
  return wantedPermission({ permission, roles }) ?? "user";
}

/** The words for the problems of a form. */
type ProblemWords = {
  usernameMissing: string;
  displayMissing: string;
  rolesMissing: string;
  tooLong: (most: number) => string;
};

/** What is wrong with a form, by field. */
export type FormProblems = Partial<Record<TextField | "roles", string>>;

/** What is wrong with a form before anything is asked of the server. */
export function formProblems(form: UserForm, words: ProblemWords): FormProblems {
  const texts: [TextField, string][] = [
    ["givenName", form.givenName],
    ["surname", form.surname],
    ["displayName", form.displayName],
    ...moreFields.map((field): [TextField, string] => [field, form.more[field] ?? ""]),
  ];
  const long = texts.filter(([field, text]) => Array.from(text.trim()).length > textFields[field].max);
  return {
    ...Object.fromEntries(long.map(([field]) => [field, words.tooLong(textFields[field].max)])),
    ...(form.local.trim() === "" && { userPrincipalName: words.usernameMissing }),
    ...(form.displayName.trim() === "" && { displayName: words.displayMissing }),
    ...(form.permission === "custom" && form.roles.length === 0 && { roles: words.rolesMissing }),
  };
}

const aboutTheName = [
  "user_exists",
  "upn_taken",
  "deleted_user_exists",
  "upn_invalid",
  "domain_unverified",
  "duplicate_in_file",
];
const aboutLicenses = [
  "usage_location_missing",
  "sku_unknown",
  "seat_shortage",
  "prohibited_in_location",
  "plan_conflict",
  "plan_dependency",
  "license_group_mixed",
  "managed_by_publisher",
];

const aboutTheUser = ["changed_meanwhile", "user_gone", "user_deleted", "user_unknown", "forbidden"];

/** A refusal at the field of the form where it can be mended; null stays where it is about none of them. */
export function placedRefusal({ field, code, message }: FormRefusal): FormRefusal {
  if (aboutTheName.includes(code)) return { field: "userPrincipalName", code, message };
  if (aboutLicenses.includes(code)) return { field: "licenses", code, message };
  const whole = aboutTheUser.includes(code);
  const known = !whole && (field === "permission" || (field !== null && field in textFields));
  // A refusal for want of a role begins with its code.
  return {
    field: known ? field : null,
    code,
    message: message.replace(/^forbidden: (\w)/, (_all, first: string) => first.toUpperCase()),
  };
}

/** The step at which a field stands. */
export function stepOf(field: string | null): FormStep {
  if (field === null) return "review";
  if (field === "permission") return "permissions";
  return field === "licenses" ? "licenses" : "info";
}
