import type { TextField } from "../../contract/fields.ts";

/** The fields that make sense for many users at once, in the order of the form. */
export const fieldsForMany = [
  "jobTitle",
  "department",
  "companyName",
  "officeLocation",
  "streetAddress",
  "postalCode",
  "city",
  "stateOrProvince",
  "country",
] as const satisfies TextField[];

/** What is to be changed of many users: a field that is empty stays as it is. */
export type EditsForMany = Partial<Record<(typeof fieldsForMany)[number] | "usageLocation", string>>;

/** Only the fields that are filled in, as a request asks for them; null where none is. */
export function changeForMany(edits: EditsForMany): Record<string, string> | null {
  const filled = Object.entries(edits)
    .map(([field, text]) => [field, text.trim()] as const)
    .filter(([, text]) => text !== "");
  return filled.length === 0 ? null : Object.fromEntries(filled);
}
