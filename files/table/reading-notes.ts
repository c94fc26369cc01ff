import { quoteValue } from "../../contract/codes.ts";
import { fieldLabel, type FieldName } from "../../contract/fields.ts";
import { outdoneColumns } from "../columns/choose-columns.ts";
import type { PassedOver } from "../header/find-header.ts";
import { shiftedColumns } from "../header/find-shift.ts";
import type { ColumnGuess } from "../columns/guess-columns.ts";
import { holdsSecrets, openSignInLabels } from "../header/recognise-header.ts";

/** What was done to a file on the way in. */
export type ReadFile = {
  passed: PassedOver;
  above: number;
  encoding: string;
  ours: boolean;
  /** A label that stands twice side by side and counted once; null where there is none. */
  doubled: string | null;
  /** Whether the header stood in two rows. */
  joined: boolean;
};

/** What the columns of a file stand for, and what is odd about its header. */
export type ReadHead = {
  header: string[];
  columns: (FieldName | null)[];
  headerless: boolean;
  shift: number;
  guesses: ColumnGuess[];
};

/** What was done to a file on the way in, one sentence for each thing that an agent may want to know. */
export function fileNotes({ passed, above, encoding, ours, doubled, joined }: ReadFile): string[] {
  const notes: string[] = [];
  if (encoding === "Windows-1252" || encoding === "GB18030") {
    notes.push(`The file is not UTF-8; it was read as ${encoding}.`);
  }
  if (ours) notes.push("Muster wrote the file; the columns of its answer were left out.");
  if (joined) notes.push("The header has two rows, which were read as one.");
  if (doubled !== null) {
    notes.push(
      `The header has ${quoteValue(doubled)} twice side by side; it counted once, for that is what the rows fit.`,
    );
  }
  return [
    ...notes,
    ...passedNote(above, "above the header"),
    ...passedNote(passed.version, "with the template's version or delimiter"),
    ...passedNote(passed.example, "with an example"),
    ...passedNote(passed.comment, "with a comment"),
    ...passedNote(passed.blank, "without a value"),
    ...passedNote(passed.header, "with the header once more"),
    ...passedNote(passed.beyond, "under the header of another table"),
  ];
}

/** What is odd about a header, and which of its columns are not used though they could be; one sentence each. */
export function headNotes(head: ReadHead): string[] {
  return [...headerNotes(head), ...columnNotes(head)];
}

function headerNotes({ header, columns, headerless, shift, guesses }: ReadHead): string[] {
  const notes: string[] = [];
  if (headerless) {
    notes.push(
      `The file has no header row: its first line is a user like the others. Its columns are called ${some(header)}; say with a mapping which is which field.`,
    );
  }
  const unused = columns.every((field) => field === null || field === "password");
  if (shift !== 0 && unused) {
    const at = shiftedColumns(header, shift, header.length).indexOf("userPrincipalName");
    const sign = at === -1 ? "" : `, for the addresses stand under ${quoteValue(header[at]!)}`;
    notes.push(
      `The header seems to be out of step with its rows by ${columnsOf(Math.abs(shift))}${sign}. No column was used; say with a mapping which is which field.`,
    );
  }
  if (guesses.length > 0) {
    const list = guesses.map(({ column, field }) => `${quoteValue(column)} (${fieldLabel(field)})`);
    notes.push(
      `By their values these columns could be fields, and are not used until a mapping says so: ${some(list, false)}.`,
    );
  }
  return notes;
}

function columnNotes({ header, columns }: ReadHead): string[] {
  const notes = outdoneColumns(header, columns).map(
    ({ column, by }) =>
      `The column ${quoteValue(column)} is not used, because ${quoteValue(by)} stands for the same field.`,
  );
  for (const label of openSignInLabels(header, columns)) {
    notes.push(
      `Whether Yes in the column ${quoteValue(label)} blocks sign-in or allows it is not plain, so it is not used. Map it to signInBlocked or accountEnabled.`,
    );
  }
  for (const [at, label] of header.entries()) {
    if (columns[at] !== "password" && holdsSecrets(label)) {
      notes.push(`The column ${quoteValue(label)} seems to hold passwords and is not used; its values were not kept.`);
    }
  }
  return notes;
}

function some(labels: string[], quoted = true): string {
  const shown = labels.slice(0, 20).map((label) => (quoted ? quoteValue(label) : label));
  return labels.length > 20 ? `${shown.join(", ")} and ${labels.length - 20} more` : shown.join(", ");
}

function columnsOf(count: number): string {
  return count === 1 ? "one column" : `${count} columns`;
}

function passedNote(count: number, what: string): string[] {
  if (count === 0) return [];
  return [count === 1 ? `1 row ${what} was passed over.` : `${count} rows ${what} were passed over.`];
}
