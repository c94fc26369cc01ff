import { fieldLabel, fieldNames, type FieldName } from "../../contract/fields.ts";
import { quoteValue } from "../../contract/codes.ts";
import { Problem } from "../../contract/problem.ts";
import { foldWords } from "../text/fold-words.ts";
import { recogniseHeader } from "../header/recognise-header.ts";

/** Header → field, or null to leave a column out; wins over what the header words say. */
export type Mapping = Record<string, string | null>;

const lookedFor = "Username (or Email), Display name, First name, Last name, Department";

/** Fields about who somebody is and what they may: to take one of two columns for such a field would be a guess. */
const grave: FieldName[] = [
  "userPrincipalName",
  "mailNickname",
  "domain",
  "objectId",
  "password",
  "permission",
  "licenses",
  "removeLicenses",
  "newUserPrincipalName",
  "usageLocation",
  "accountEnabled",
  "signInBlocked",
];

/**
 * The field that each column of `header` stands for: by `mapping` where it speaks, else by the header's words. Of two
 * columns for one harmless field, such as Building and Room, the first is used.
 * @throws Problem mapping_invalid, header_ambiguous
 */
export function chooseColumns(header: string[], mapping: Mapping | undefined): (FieldName | null)[] {
  const columns = recogniseHeader(header);
  if (mapping !== undefined) applyMapping(header, columns, mapping);
  refuseAmbiguous(header, columns);
  return columns.map((field, at) => (columns.indexOf(field) === at ? field : null));
}

/** The columns of `header` that are left out because another one with as good a word stands for their field, with that one. */
export function outdoneColumns(header: string[], columns: (FieldName | null)[]): { column: string; by: string }[] {
  const recognised = recogniseHeader(header);
  return recognised.flatMap((field, at) => {
    if (field === null || columns[at] !== null || grave.includes(field)) return [];
    const by = recognised.indexOf(field);
    return by < at && columns[by] === field ? [{ column: header[at]!, by: header[by]! }] : [];
  });
}

function applyMapping(header: string[], columns: (FieldName | null)[], mapping: Mapping): void {
  const errors: { column: string; message: string }[] = [];
  const mapped = new Map<FieldName, string>();
  const findColumn = columnFinder(header);
  for (const [label, field] of Object.entries(mapping)) {
    const at = findColumn(label);
    if (at === -1) {
      errors.push({ column: label, message: `The file has no column ${quoteValue(label)}; it has ${list(header)}.` });
      continue;
    }
    if (field === null) {
      columns[at] = null;
      continue;
    }
    const name = fieldNamed(field);
    if (name === null) {
      errors.push({
        column: label,
        message: `No field is called ${quoteValue(field)}; fields are ${fieldNames.join(", ")}.`,
      });
    } else if (mapped.has(name)) {
      errors.push({ column: label, message: `${quoteValue(mapped.get(name)!)} is mapped to ${name} already.` });
    } else {
      mapped.set(name, header[at]!);
      columns.forEach((other, index) => {
        if (other === name) columns[index] = null;
      });
      columns[at] = name;
    }
  }
  if (errors.length > 0)
    throw new Problem("mapping_invalid", errors.map((error) => error.message).join(" "), { errors });
}

function refuseAmbiguous(header: string[], columns: (FieldName | null)[]): void {
  for (const field of grave) {
    const rivals = header.filter((_, at) => columns[at] === field);
    if (rivals.length < 2) continue;
    throw new Problem(
      "header_ambiguous",
      `The columns ${list(rivals)} all stand for ${fieldLabel(field)}. Rename all but one, or say with a mapping which one counts and map the others to null.`,
      {
        errors: rivals.map((column) => ({
          column,
          message: `Stands for ${fieldLabel(field)}, as another column does.`,
        })),
      },
    );
  }
}

/** The refusal of a table none of whose columns is known or can be guessed; `headerless` where data stands on top. */
export function unrecognisedHeader(header: string[], headerless: boolean): Problem {
  if (headerless) {
    // What stands in such a row is not shown: one of its cells may be a password.
    return new Problem(
      "header_unrecognised",
      `Looked for columns such as ${lookedFor}; the first line has ${header.length} cells and looks like a row of data, none of which shows what it is. Put a line with the column names above it, or say with a mapping which of ${list(header)} is which field.`,
    );
  }
  return new Problem(
    "header_unrecognised",
    `Looked for columns such as ${lookedFor}; found ${list(header)}. Rename the columns, or say with a mapping which column is which field.`,
    { errors: header.slice(0, 100).map((column) => ({ column, message: "No field goes by this name." })) },
  );
}

/** `mapping` by the labels as `header` has them, without those of no column. */
export function ownMapping(header: string[], mapping: Mapping): Mapping {
  const findColumn = columnFinder(header);
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([label, field]) => {
      const own = header[findColumn(label)];
      return own === undefined ? [] : [[own, field]];
    }),
  );
}

/** Finds the place of the column of `header` that a label names, however it is written, or -1. */
export function columnFinder(header: readonly string[]): (label: string) => number {
  const exact = new Map<string, number>();
  const folded = new Map<string, number>();
  for (const [at, label] of header.entries()) {
    const word = foldWords(label);
    if (!exact.has(label)) exact.set(label, at);
    if (word !== "" && !folded.has(word)) folded.set(word, at);
  }
  return (label) =>
    exact.get(label) ??
    folded.get(foldWords(label)) ??
    // `Column 4` is `Column 4 (password)` too, a name that the file did not give.
    exact.get(`${label.trim()} (password)`) ??
    -1;
}

function fieldNamed(name: string): FieldName | null {
  return fieldNames.find((field) => field === name) ?? null;
}

function list(labels: string[]): string {
  const shown = labels.slice(0, 20).map(quoteValue).join(", ");
  return labels.length > 20 ? `${shown} and ${labels.length - 20} more` : shown;
}
