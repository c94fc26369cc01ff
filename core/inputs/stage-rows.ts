import { passwordMark } from "../../contract/fields.ts";
import type { Tx } from "../../db/in-transaction.ts";
import { rowOwner, type Secrets } from "../secrets/secrets.ts";
import { checkPassword } from "../spreadsheets/check-password.ts";
import type { Reading, RowInput } from "../spreadsheets/row-input.ts";
import { copyBuffer } from "../sql/copy-buffer.ts";
import { copyPiece, type CopyPiece } from "../sql/copy-piece.ts";
import { copyBytes, copyTextArray } from "../sql/copy-text.ts";
import { insertValues } from "../sql/insert-values.ts";
import { readInput, type StoredRow } from "./read-input.ts";
import { copyInputs, insertInputs } from "./stage-inputs.ts";
import { tallySteps, type StepTally } from "./tally-steps.ts";

/** A row on its way in; `problem` is what reading the file found wrong with it. */
export type IncomingRow = { rowNo: number; cells: string[]; problem: RowInput["problem"] };

/**
 * Writes incoming rows into `rows`, as they came, and what was read of them into `row_inputs`. A slab is read and its lines
 * are made while Postgres takes the one before it, so that neither waits for the other; never more than two slabs are in
 * memory. Gives what reading did to the rows, in sentences.
 */
export async function stageRows(
  tx: Tx,
  batchId: string,
  slabs: AsyncIterable<IncomingRow[]>,
  reading: Reading,
  secrets: Secrets,
): Promise<string[]> {
  const tally = tallySteps(reading);
  let writing: Promise<void> = Promise.resolve();
  for await (const slab of slabs) {
    const { stored, inputs } = readSlab(batchId, slab, reading, secrets, tally);
    const pieces = [copyRows(batchId, stored), copyInputs(batchId, inputs)];
    await writing;
    writing = copyPieces(tx, pieces);
    // A failed write is reported by the await above; without this it would also count as an unhandled rejection.
    writing.catch(() => {});
  }
  await writing;
  return tally.notes();
}

async function copyPieces(tx: Tx, pieces: readonly CopyPiece[]): Promise<void> {
  for (const piece of pieces) await copyPiece(tx, piece);
}

/** Rows as they are stored, and beside each what was read of it. */
export type ReadSlab = { stored: StoredRow[]; inputs: RowInput[] };

/** Reads incoming rows, seals their passwords and counts in `tally` what was done to them. */
export function readSlab(
  batchId: string,
  slab: readonly IncomingRow[],
  reading: Reading,
  secrets: Secrets,
  tally: StepTally,
): ReadSlab {
  const stored = sealPasswords(batchId, slab, reading.columns.indexOf("password"), secrets);
  const inputs = stored.map((row, at) => {
    const problem = slab[at]?.problem ?? null;
    const input = readInput(row, reading);
    if (problem !== null) input.problem = problem;
    tally.count(row.cells, input);
    return input;
  });
  return { stored, inputs };
}

/** Inserts the few rows of a small batch into `rows` and `row_inputs`. */
export async function insertSlab(tx: Tx, batchId: string, { stored, inputs }: ReadSlab): Promise<void> {
  const values = stored.map(({ rowNo, cells, sealed }) => [batchId, rowNo, cells, sealed]);
  await tx.together(
    () => insertValues(tx, "rows", rowColumns, values),
    () => insertInputs(tx, batchId, inputs),
  );
}

const rowColumns = ["batch_id", "row_no", "cells", "sealed"];

function copyRows(batchId: string, stored: readonly StoredRow[]): CopyPiece {
  return { into: `rows (${rowColumns.join(", ")})`, lines: copyBuffer(stored.map((row) => rowLine(batchId, row))) };
}

function rowLine(batchId: string, { rowNo, cells, sealed }: StoredRow): string {
  return `${batchId}\t${rowNo}\t${copyTextArray(cells)}\t${copyBytes(sealed)}\n`;
}

/** Puts a mark in place of each password, and beside it the sealed password where it keeps the rules. */
function sealPasswords(batchId: string, slab: readonly IncomingRow[], column: number, secrets: Secrets): StoredRow[] {
  if (column === -1) return slab.map(({ rowNo, cells }) => ({ rowNo, cells, sealed: null }));
  const given = slab.filter(({ cells }) => isGiven(cells[column]) && checkPassword(cells[column] ?? "") === null);
  const seals = secrets.sealAll(
    given.map(({ cells }) => cells[column] ?? ""),
    given.map(({ rowNo }) => rowOwner(batchId, rowNo)),
  );
  const sealOf = new Map(given.map(({ rowNo }, at) => [rowNo, seals[at] ?? null]));
  return slab.map(({ rowNo, cells }) => ({
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
