import type { FieldName } from "../../contract/fields.ts";
import type { BatchColumn } from "../../contract/batch.ts";

/** The fields that an agent chose for columns and has not saved yet, by the columns' labels. */
export type ChosenFields = Readonly<Record<string, FieldName | null>>;

/** The field of a column: as chosen, else as the batch has it. */
export function fieldOf(column: BatchColumn, chosen: ChosenFields): FieldName | null {
  return Object.hasOwn(chosen, column.column) ? (chosen[column.column] ?? null) : column.field;
}

/** `chosen` with `field` for the column `label`; another column that had the field is not used any more. */
export function chooseField(
  columns: readonly BatchColumn[],
  chosen: ChosenFields,
  label: string,
  field: FieldName | null,
): ChosenFields {
  const next: Record<string, FieldName | null> = {};
  for (const column of columns) {
    const now = column.column === label ? field : fieldOf(column, chosen);
    const kept = column.column !== label && now !== null && now === field ? null : now;
    if (kept !== column.field) next[column.column] = kept;
  }
  return next;
}

/** Columns whose guess is not what they stand for now. */
export function openGuesses(columns: readonly BatchColumn[], chosen: ChosenFields): BatchColumn[] {
  return columns.filter((column) => column.guess !== null && column.guess.field !== fieldOf(column, chosen));
}

/**
 * The mapping that says all of this to the api. Columns that go by their words and were left alone are not in it; all
 * others are, because a column that a mapping does not name goes by its words.
 */
export function mappingOf(columns: readonly BatchColumn[], chosen: ChosenFields): Record<string, FieldName | null> {
  return Object.fromEntries(
    columns
      .filter((column) => Object.hasOwn(chosen, column.column) || column.source !== "words")
      .map((column) => [column.column, fieldOf(column, chosen)]),
  );
}
