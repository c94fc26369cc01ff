import { quoteValue, type Cause } from "../../contract/codes.ts";
import type { FieldName } from "../../contract/fields.ts";
import { headerCheck } from "../header/header-again.ts";
import { holdsSecrets } from "../header/recognise-header.ts";
import type { RowInput } from "./row-input.ts";

const replacement = "\uFFFD";

/**
 * Adds `cause` to what is wrong with a row. Of a field the first counts, because the next would only follow from it, and of
 * a row that is out of step nothing more: what stands in its columns is not what they say.
 */
export function addProblem(input: RowInput, cause: Cause): void {
  const { problem, otherProblems } = input;
  if (problem === null) input.problem = cause;
  else if (problem.field === null || problem.field === cause.field) return;
  else if (otherProblems === null) input.otherProblems = [cause];
  else if (otherProblems.every(({ field }) => field !== cause.field)) otherProblems.push(cause);
}

/** Puts `cause` before all else that is wrong with a row. */
export function putProblemFirst(input: RowInput, cause: Cause): void {
  const { problem, otherProblems } = input;
  input.problem = cause;
  input.otherProblems = null;
  for (const other of [problem, ...(otherProblems ?? [])]) if (other !== null) addProblem(input, other);
}

/**
 * The cause of a row with a filled cell beyond its header's `width` columns; `cells` are without their empty tail. In a
 * file with passwords the cell beyond is a `(password)` by then, because a row out of step may have one there.
 */
export function tooWide(rowNo: number, cells: string[], width: number): Cause {
  const beyond = cells.find((cell, at) => at >= width && cell.trim() !== "") ?? "";
  return {
    code: "row_too_wide",
    field: null,
    message: `Row ${rowNo} has ${cells.length} cells and the header ${width}; the first beyond it is ${quoteValue(beyond)}. Name its column in the header, or remove what is too much; in a CSV file a cell that holds the delimiter needs quotes around it.`,
  };
}

/** The cause of a row that is the header of another table, under which no row is read. */
export function secondTable(rowNo: number, cells: string[]): Cause {
  const shown = cells
    .filter((cell) => cell.trim() !== "")
    .slice(0, 10)
    .map(quoteValue)
    .join(", ");
  return {
    code: "second_table",
    field: null,
    message: `Row ${rowNo} is the header of another table: ${shown}. Nothing from here on was read. Send the other table as a file of its own, or give both tables the same columns.`,
  };
}

/** The cause of a row that is out of step with its header or damaged, whatever its values mean; null where it is neither. */
export function rowProblem(
  rowNo: number,
  cells: string[],
  header: string[],
  columns: (FieldName | null)[],
): Cause | null {
  if (headerCheck(header)(cells) === "other") return secondTable(rowNo, cells);
  if (cells.length > header.length) return tooWide(rowNo, cells, header.length);
  return cells.some((cell) => cell.includes(replacement)) ? damagedCell(rowNo, cells, header, columns) : null;
}

/**
 * The cause of the first used cell that holds bytes which are no text, or null. Of a password no more is known later than
 * that it breaks the rules, which damaged ones do.
 */
export function damagedCell(
  rowNo: number,
  cells: string[],
  header: string[],
  columns: (FieldName | null)[],
): Cause | null {
  const at = cells.findIndex(
    (cell, column) => columns[column] != null && columns[column] !== "password" && cell.includes(replacement),
  );
  return at === -1 ? null : damaged(rowNo, cells[at]!, header[at]!, columns[at]!);
}

/** The cause of one cell that holds bytes which are no text. */
export function damaged(rowNo: number, cell: string, label: string, field: FieldName): Cause {
  const shown = holdsSecrets(label) ? "" : `: ${quoteValue(cell)}`;
  return {
    code: "encoding_invalid",
    field,
    message: `Row ${rowNo}, column ${quoteValue(label)}: the cell holds bytes that are not text in the file's encoding${shown}. Type the value again, or save the file as CSV UTF-8.`,
  };
}
