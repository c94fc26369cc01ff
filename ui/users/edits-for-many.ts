import { textFields, textFieldsOf } from "../../contract/fields.ts";
import type { User } from "../../contract/user.ts";
import type { ChangeLine } from "../kit/ChangeTable.tsx";
import { countryName } from "../kit/format.ts";
import { userFormTexts } from "./user-form-texts.ts";

const words = userFormTexts.editUsers;
/** Values of a field that are named in the review; the others are counted. */
const mostNamed = 3;

/** The fields that make sense for many users at once, in the order of the form. */
export const fieldsForMany = [...textFieldsOf("job", "address"), "usageLocation"] as const;

export type FieldForMany = (typeof fieldsForMany)[number];

/** What is to be changed of many users: a field that is blank stays as it is, one that is null is emptied. */
export type EditsForMany = Partial<Record<FieldForMany, string | null>>;

/** The fields that are filled in or emptied, as a request asks for them; null where none is. */
export function changeForMany(edits: EditsForMany): Record<string, string | null> | null {
  const changed = fieldsForMany.flatMap((field) => {
    const text = edits[field]?.trim() ?? edits[field];
    return text === undefined || text === "" ? [] : [[field, text] as const];
  });
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

/** What changes, field by field: before, with how many of `users` have it, and after. */
export function linesForMany(edits: EditsForMany, users: readonly User[]): ChangeLine[] {
  return Object.entries(changeForMany(edits) ?? {}).map(([key, after]) => {
    const field = key as FieldForMany;
    return { label: textFields[field].label, before: beforeOf(field, users), after: shown(field, after) };
  });
}

function beforeOf(field: FieldForMany, users: readonly User[]): string {
  const counts = new Map<string, number>();
  for (const user of users) {
    const text = shown(field, user[field]);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const [...commonest] = [...counts].toSorted(([, one], [, other]) => other - one);
  const others = commonest.slice(mostNamed).reduce((sum, [, count]) => sum + count, 0);
  const named = commonest.slice(0, mostNamed).map(([text, count]) => words.has(text, count));
  return [...named, ...(others > 0 ? [words.others(others)] : [])].join(", ");
}

function shown(field: FieldForMany, text: string | null): string {
  return field === "usageLocation" && text !== null ? countryName(text) : (text ?? "");
}
