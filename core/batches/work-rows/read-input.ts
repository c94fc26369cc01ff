import type { Cause } from "../../../contract/codes.ts";
import { readRow } from "../../../files/rows/read-row.ts";
import { readTarget } from "../../../files/rows/read-target.ts";
import type { Reading, RowInput } from "../../../files/rows/row-input.ts";
import { addProblem, putProblemFirst, rowProblem } from "../../../files/rows/row-problems.ts";

/** A row as it is stored: the cells as they came, and the sealed password where one stood in them. */
export type StoredRow = { rowNo: number; cells: string[]; sealed: Buffer | null };

/** Reads a row whose password is sealed; what is wrong with the row as a whole is not looked for. */
export function readInput(row: StoredRow, reading: Reading): RowInput {
  const { operation } = reading;
  const input =
    operation === "createUsers"
      ? readRow(row.rowNo, row.cells, reading)
      : readTarget(row.rowNo, row.cells, reading, operation);
  // A password that the operation does not use cannot be wrong.
  const problem = operation === "createUsers" || operation === "resetPasswords" ? passwordProblem(row, reading) : null;
  if (problem !== null) addProblem(input, problem);
  return input;
}

/** Reads a stored row once more: the same row under the same reading gives what reading the file gave, and ever after. */
export function readStored(row: StoredRow, reading: Reading): RowInput {
  const input = readInput(row, reading);
  const problem = rowProblem(row.rowNo, row.cells, reading.header, reading.columns);
  if (problem !== null) putProblemFirst(input, problem);
  return input;
}

/** A password that breaks the rules was thrown away when it was read: only its mark is left, and no seal. */
function passwordProblem(row: StoredRow, reading: Reading): Cause | null {
  const column = reading.columns.indexOf("password");
  if (column === -1 || row.sealed !== null || (row.cells[column] ?? "").trim() === "") return null;
  return {
    code: "password_invalid",
    field: "password",
    message:
      `Row ${row.rowNo}, column "${reading.header[column] ?? "Password"}": the password breaks the rules. Give 8 to 256 ` +
      "printable ASCII characters of at least three kinds (lower case, upper case, digits, symbols), or leave it " +
      "out and Muster makes a password.",
  };
}
