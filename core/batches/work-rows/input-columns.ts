import { textFieldNames, type TextField } from "../../../contract/fields.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { columnName } from "../../sql/user-columns.ts";

const textTypes = Object.fromEntries(textFieldNames.map((field) => [field, "text"])) as Record<TextField, "text">;

const otherTypes = {
  accountEnabled: "boolean",
  roles: "text[]",
  skuIds: "uuid[] not null",
  plans: "jsonb",
  built: "text",
  code: "text",
  field: "text",
  message: "text",
  otherProblems: "json",
} as const;

const targetTypes = { objectId: "uuid", newName: "text", removedSkuIds: "uuid[]", cleared: "text[]" } as const;

/** Of a row of an undo alone, which is made by a statement. */
const undoTypes = { undone: "json" } as const;

/** The columns that `rows` and the work table have in common, each with its type. */
export const inputTypes = { rowNo: "int not null", ...textTypes, ...otherTypes, ...targetTypes, ...undoTypes } as const;

/** A column of an input, by the name that its value has in our code. */
export type InputColumn = keyof typeof inputTypes;

const allInputs = Object.keys(inputTypes) as InputColumn[];

/** The columns of an input beyond the texts, in the order in which it is copied. */
export const otherColumns = Object.keys(otherTypes).map(columnName);

/** The columns of an input about a user who is there already: who that is, and what it is to lose. */
export const targetColumns = Object.keys(targetTypes).map(columnName);

/** All columns of an input but the number of its row, and but for those in `without`. */
export function inputsBut(...without: InputColumn[]): InputColumn[] {
  return allInputs.filter((column) => column !== "rowNo" && !without.includes(column));
}

/** The names of all columns of an input but the number of its row, as SQL has them. */
export const inputNames = inputsBut().map(columnName);

/** SQL for the columns of inputs, be they in `rows` or in the work table, that a statement calls `alias`. */
export function inputColumns(alias: string): Readonly<Record<InputColumn, SqlText>> {
  return columnsOf(allInputs, alias);
}

/** SQL for columns by their names in our code, of what a statement calls `alias`. */
export function columnsOf<Column extends string>(columns: readonly Column[], alias: string): Record<Column, SqlText> {
  return Object.fromEntries(columns.map((column) => [column, sql.unsafe(`${alias}.${columnName(column)}`)])) as Record<
    Column,
    SqlText
  >;
}

/** SQL for the inputs of all rows of the batch. */
export function batchInputsSql(batchId: string): SqlText {
  return sql`(select row_no, ${allNames} from rows where batch_id = ${batchId})`;
}

const allNames = sql.unsafe(inputNames.join(", "));
