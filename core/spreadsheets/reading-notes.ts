import { quoteValue } from "../../contract/codes.ts";
import type { FieldName } from "../../contract/fields.ts";
import { holdsSecrets } from "./recognise-header.ts";
import type { PassedOver } from "./table-rows.ts";

/** What was done to a file on the way in, one sentence for each thing that an agent may want to know. */
export function readingNotes(reading: {
  passed: PassedOver;
  above: number;
  encoding: string;
  header: string[];
  columns: (FieldName | null)[];
  ours: boolean;
}): string[] {
  const { passed, above, encoding, header, columns, ours } = reading;
  const notes: string[] = [];
  if (encoding === "Windows-1252") notes.push("The file is not UTF-8; it was read as Windows-1252.");
  if (ours) notes.push("Muster wrote the file; the columns of its answer were left out.");
  if (above > 0) notes.push(`${rows(above)} above the header passed over.`);
  if (passed.version > 0) notes.push(`${rows(passed.version)} with the template's version or delimiter passed over.`);
  if (passed.example > 0) notes.push(`${rows(passed.example)} with an example passed over.`);
  if (passed.blank > 0) notes.push(`${rows(passed.blank)} without a value passed over.`);
  for (const [at, label] of header.entries()) {
    if (columns[at] !== "password" && holdsSecrets(label)) {
      notes.push(`The column ${quoteValue(label)} seems to hold passwords and is not used; its values were not kept.`);
    }
  }
  return notes;
}

function rows(count: number): string {
  return count === 1 ? "1 row was" : `${count} rows were`;
}
