import { text } from "drizzle-orm/pg-core";
import { type TextField, textFieldNames } from "../../contract/fields.ts";

type OptionalText = Exclude<TextField, "userPrincipalName" | "displayName">;

const isOptional = (field: TextField): field is OptionalText =>
  field !== "userPrincipalName" && field !== "displayName";

/** Columns for the texts that a user may or may not have, for each table that holds them. */
export function optionalTexts() {
  const columns = textFieldNames.filter(isOptional).map((field) => [field, text()] as const);
  return Object.fromEntries(columns) as Record<OptionalText, (typeof columns)[number][1]>;
}
