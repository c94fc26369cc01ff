import type { Product } from "../../contract/customer.ts";
import { textFields } from "../../contract/fields.ts";
import type { DirectoryRole } from "../../contract/permissions.ts";
import type { User } from "../../contract/user.ts";
import { countryName } from "../kit/format.ts";
import { holdingsOf, licenseChange } from "./license-changes.ts";
import { licenseWords } from "./license-words.ts";
import { permissionWords } from "./permission-words.ts";
import { userFormTexts } from "./user-form-texts.ts";
import { type FormStep, formOf, moreFields, permissionOf, upnOf, type UserForm } from "./user-form.ts";
import { userTexts } from "./user-texts.ts";

/** What an agent has changed in the form of a user, and nothing else; `step` is the one that is shown. */
export type UserEditsDraft = { edits: Partial<UserForm>; step: FormStep };

/** The form as it stands: the user as of now, with the agent's changes over it. */
export function editedForm(user: User, edits: Partial<UserForm>): UserForm {
  const form = formOf(user);
  return { ...form, ...edits, more: { ...form.more, ...edits.more } };
}

/** The changes after one more; what stands as it was is no change. */
export function withEdit(user: User, edits: Partial<UserForm>, part: Partial<UserForm>): Partial<UserForm> {
  const base = formOf(user);
  const form = { ...editedForm(user, edits), ...part };
  const more = Object.fromEntries(
    moreFields.filter((field) => form.more[field] !== base.more[field]).map((field) => [field, form.more[field] ?? ""]),
  );
  const { more: _all, ...rest } = form;
  const moved = Object.entries(rest).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(base[field as keyof UserForm]),
  );
  return { ...Object.fromEntries(moved), ...(Object.keys(more).length > 0 && { more }) };
}

/** The fields of a user to change, as the api takes them. */
type FieldChange = Record<string, string | boolean | null>;

/** What has to be asked of the server for the form to be true of the user; null where nothing of the kind changes. */
export type EditRequests = {
  fields: FieldChange | null;
  licenses: ReturnType<typeof licenseChange>;
  permission: "user" | DirectoryRole[] | null;
};

/** The requests that bring a user to what the form says. */
export function editRequests(user: User, form: UserForm, products: Product[]): EditRequests {
  const before = textsOf(formOf(user));
  const texts = Object.entries(textsOf(form)).filter(([field, text]) => text !== before[field]);
  const fields: FieldChange = {
    ...Object.fromEntries(texts.map(([field, text]) => [field, text === "" ? null : text])),
    ...(upnOf(form) !== user.userPrincipalName && { userPrincipalName: upnOf(form) }),
    ...(form.accountEnabled !== user.accountEnabled && { accountEnabled: form.accountEnabled }),
  };
  const permission = permissionOf(form);
  return {
    fields: Object.keys(fields).length === 0 ? null : fields,
    licenses: licenseChange(products, holdingsOf(user), form.licenses),
    permission: JSON.stringify(inOrder(permission)) === JSON.stringify(inOrder(user.permission)) ? null : permission,
  };
}

function textsOf(form: UserForm): Record<string, string> {
  const { givenName, surname, displayName, usageLocation, more } = form;
  const texts = { displayName, givenName, surname, usageLocation, ...more };
  return Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, text.trim()]));
}

function inOrder(permission: User["permission"]): User["permission"] {
  return permission === "user" ? permission : permission.toSorted();
}

/** A change as the review shows it. */
export type EditLine = { key: string; label: string; before: string; after: string };

function shown(field: string, text: string): string {
  return field === "usageLocation" && text !== "" ? countryName(text) : text;
}

function signIn(allowed: boolean): string {
  return allowed ? userTexts.users.signInAllowed : userTexts.users.signInBlocked;
}

/** What exactly changes, before and after, in the order of the form. */
export function editLines(user: User, form: UserForm, products: Product[]): EditLine[] {
  const { fields, licenses, permission } = editRequests(user, form, products);
  const before = formOf(user);
  const texts = textsOf(before);
  const lines = Object.entries(fields ?? {}).map(([field, value]): EditLine => {
    if (field === "accountEnabled") {
      const label = userFormTexts.userForm.signIn;
      return { key: field, label, before: signIn(user.accountEnabled), after: signIn(form.accountEnabled) };
    }
    const { label } = textFields[field as keyof typeof textFields];
    const now = field === "userPrincipalName" ? user.userPrincipalName : (texts[field] ?? "");
    return { key: field, label, before: shown(field, now), after: shown(field, String(value ?? "")) };
  });
  if (permission !== null) {
    lines.push({
      key: "permission",
      label: userFormTexts.userForm.permission,
      before: permissionWords(user.permission),
      after: permissionWords(permission),
    });
  }
  if (licenses !== null) {
    lines.push({
      key: "licenses",
      label: userFormTexts.userForm.licenses,
      before: user.licenses.map(({ name }) => name).join(", "),
      after: licenseWords(products, holdingsOf(user), form.licenses).join(" "),
    });
  }
  return lines;
}
