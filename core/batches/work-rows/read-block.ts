import { passwordMark } from "../../../contract/fields.ts";
import { rowOwner, type Secrets } from "../../secrets/secrets.ts";
import { checkPassword } from "../../../files/rows/check-password.ts";
import type { Reading, RowInput } from "../../../files/rows/row-input.ts";
import { putProblemFirst } from "../../../files/rows/row-problems.ts";
import { readInput, readStored, type StoredRow } from "./read-input.ts";
import type { StepTally } from "./tally-steps.ts";

/** A row on its way in; `problem` is what reading the file found wrong with it. */
export type IncomingRow = { rowNo: number; cells: string[]; problem: RowInput["problem"] };

/** A row as it is stored, and what was read of it. */
export type ReadRow = { batchId: string; cells: string[]; sealed: Buffer | null; input: RowInput };

/**
 * Reads incoming rows, seals their passwords and counts in `tally` what was done to them. A row is read when it is asked
 * for, so that a block is never there in all its forms at once.
 */
export function* readBlock(
  batchId: string,
  block: readonly IncomingRow[],
  reading: Reading,
  secrets: Secrets,
  tally: StepTally,
): Generator<ReadRow> {
  const stored = sealPasswords(batchId, block, reading.columns.indexOf("password"), secrets);
  for (const [at, row] of stored.entries()) {
    const problem = block[at]?.problem ?? null;
    const input = readInput(row, reading);
    if (problem !== null) putProblemFirst(input, problem);
    tally.count(row.cells, input);
    yield { batchId, cells: row.cells, sealed: row.sealed, input };
  }
}

/** Reads stored rows once more, with the same count. */
export function* rereadBlock(
  batchId: string,
  block: readonly StoredRow[],
  reading: Reading,
  tally: StepTally,
): Generator<ReadRow> {
  for (const row of block) {
    const input = readStored(row, reading);
    tally.count(row.cells, input);
    yield { batchId, cells: row.cells, sealed: row.sealed, input };
  }
}

/**
 * Puts a mark in place of each password in the column at `column` (-1 for none), and beside it the sealed password where it
 * keeps the rules.
 */
export function sealPasswords(
  batchId: string,
  block: readonly { rowNo: number; cells: string[] }[],
  column: number,
  secrets: Secrets,
): StoredRow[] {
  if (column === -1) return block.map(({ rowNo, cells }) => ({ rowNo, cells, sealed: null }));
  const given = block.filter(({ cells }) => isGiven(cells[column]) && checkPassword(cells[column] ?? "") === null);
  const seals = secrets.sealAll(
    given.map(({ cells }) => cells[column] ?? ""),
    given.map(({ rowNo }) => rowOwner(batchId, rowNo)),
  );
  const sealOf = new Map(given.map(({ rowNo }, at) => [rowNo, seals[at] ?? null]));
  return block.map(({ rowNo, cells }) => ({
    rowNo,
    cells: hasText(cells[column]) ? cells.with(column, isGiven(cells[column]) ? passwordMark : "") : cells,
    sealed: sealOf.get(rowNo) ?? null,
  }));
}

function hasText(cell: string | undefined): boolean {
  return cell !== undefined && cell.trim() !== "";
}

/** A mark is the trace of a password that an earlier file had: our own result files carry it, and it is no password. */
function isGiven(cell: string | undefined): boolean {
  return hasText(cell) && cell !== passwordMark;
}
