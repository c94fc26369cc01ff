import { textFieldNames, textFields, type TextField } from "../contract/fields.ts";
import type { Flag } from "./command.ts";

/** Each text field of a user but the username, with the option that gives it, such as `display-name`. */
const flagOfField = Object.fromEntries(
  textFieldNames
    .filter((field) => field !== "userPrincipalName")
    .map((field) => [field, field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)]),
) as Record<Exclude<TextField, "userPrincipalName">, string>;

/** The options that give fields of a user. */
export const fieldFlags: Record<string, Flag & { takes: string }> = Object.fromEntries(
  Object.entries(flagOfField).map(([field, flag]) => [
    flag,
    { takes: "TEXT", about: textFields[field as TextField].label.toLowerCase() },
  ]),
);

/** The fields that were given, by name; one that is empty is null. */
export function givenFields(
  flags: Record<string, string | boolean | undefined>,
): Partial<Record<TextField, string | null>> {
  const given = Object.entries(flagOfField).filter(([, flag]) => typeof flags[flag] === "string");
  return Object.fromEntries(given.map(([field, flag]) => [field, flags[flag] === "" ? null : (flags[flag] as string)]));
}
