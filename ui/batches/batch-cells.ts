import type { Batch, Row } from "../../contract/batch.ts";
import { type FieldName, fieldLabel, passwordMark, specialFields, textFields } from "../../contract/fields.ts";
import type { CellChange, CellEditsState } from "./cell-edits.ts";
import { cellKey } from "./kept-cells.ts";

/** A cell's column: the key under which a row has it and a change names it, and the words over it. */
export type CellColumn = { label: string; title: string; field: string | null };

/** How a cell stands: what it shows and what is saved, whether it is at fault or waits to be saved, and why it was refused. */
export type CellView = {
  value: string;
  saved: string;
  secret: boolean;
  state: "plain" | "bad" | "waiting" | "refused";
  said: string;
};

/** The columns of a batch's file, then the fields that `rows` are at fault in and the file has no column for. */
export function cellColumns({ operation, header, columns }: Batch, rows: Row[]): CellColumn[] {
  // A row of an undo is at fault in a value of the user and has no cell for it.
  const missing = new Set(
    operation === "undoBatch"
      ? []
      : rows.flatMap(problemsOfRow).flatMap(({ field, column }) => (field !== null && column === null ? [field] : [])),
  );
  return [
    ...header.map((label, at) => ({ label, title: label, field: columns[at] ?? null })),
    ...[...missing]
      .filter((field): field is FieldName => isField(field) && !columns.includes(field))
      .map((field) => ({ label: field, title: fieldLabel(field), field })),
  ];
}

function isField(name: string): boolean {
  return Object.hasOwn(textFields, name) || Object.hasOwn(specialFields, name);
}

/** A cell of a row with what was typed into it and is not saved yet. */
export function viewCell({ label, field }: CellColumn, row: Row, { cells }: CellEditsState): CellView {
  const edit = cells.get(cellKey({ rowNo: row.rowNo, label }));
  const saved = row.input[label] ?? "";
  const value = edit?.value ?? saved;
  const secret = field === "password" || value === passwordMark;
  if (edit !== undefined) {
    return {
      value,
      saved,
      secret,
      state: edit.problem === null ? "waiting" : "refused",
      said: edit.problem?.detail ?? "",
    };
  }
  const problem = problemsOfRow(row).find(
    (one) => one.column === label || (one.column === null && one.field === label),
  );
  const said = problem === undefined ? "" : (besideNumber(problem.message) ?? "");
  return { value, saved, secret, state: problem === undefined ? "plain" : "bad", said };
}

/** What is typed into a cell, as the change of it that it may become. */
export function changeOf(place: { rowNo: number; label: string }, view: CellView, value: string): CellChange {
  return { ...place, before: view.saved, value, secret: view.secret };
}

/** All that a row is told: its own cause first, or what was done to it, then what else is wrong with it. */
export function problemsOfRow(row: Row): Pick<Row, "field" | "column" | "message">[] {
  return [row, ...row.otherProblems];
}

/** Whether the cells of a row may be changed: all before the start, afterwards those of rows that failed; never of an undo. */
export function mayChange({ operation, state }: Pick<Batch, "operation" | "state">, row: Row): boolean {
  if (operation === "undoBatch") return false;
  if (Object.keys(row.input).length === 0) return false;
  if (state === "ready") return true;
  return (state === "running" || state === "paused" || state === "finished") && row.state === "failed";
}

/** A row's message without its number, for where the number stands beside it. */
export function besideNumber(message: string | null): string | null {
  return message?.replace(/^Row \d+(?:, |: )(.)/, (_all, first: string) => first.toUpperCase()) ?? null;
}

/** Whether any of `rows` is at fault in this column. */
export function isAtFault({ label }: CellColumn, rows: Row[]): boolean {
  return rows.some((row) =>
    problemsOfRow(row).some(({ column, field }) => column === label || (column === null && field === label)),
  );
}

/** The columns that say something: those whose values differ among `rows`, or that a row is at fault in. */
export function tellingColumns(cells: CellColumn[], rows: Row[]): string[] {
  const [first, ...others] = rows;
  return cells
    .filter(
      (column) =>
        others.length === 0 ||
        others.some(({ input }) => (input[column.label] ?? "") !== (first?.input[column.label] ?? "")) ||
        isAtFault(column, rows),
    )
    .map(({ label }) => label);
}
