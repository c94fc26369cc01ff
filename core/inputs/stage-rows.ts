import { finished } from "node:stream/promises";
import { passwordMark } from "../../contract/fields.ts";
import type { Tx } from "../../db/in-transaction.ts";
import { rowOwner, type Secrets } from "../secrets/secrets.ts";
import { checkPassword } from "../spreadsheets/check-password.ts";
import type { Reading, RowInput } from "../spreadsheets/row-input.ts";
import { copyBuffer } from "../sql/copy-buffer.ts";
import { copyBytes, copyTextArray } from "../sql/copy-text.ts";
import { readInput, type StoredRow } from "./read-input.ts";
import { stageInputs } from "./stage-inputs.ts";
import { tallySteps } from "./tally-steps.ts";

type IncomingRow = { rowNo: number; cells: string[]; problem: RowInput["problem"] };

/**
 * Writes incoming rows into `rows`, as they came, and what was read of them into `row_inputs`. A slab is read while
 * Postgres takes the one before it, so that neither waits for the other; never more than two slabs are in memory.
 * Gives what reading did to the rows, in sentences.
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
    const stored = sealPasswords(batchId, slab, reading.columns.indexOf("password"), secrets);
    const inputs = stored.map((row, at) => {
      const input = withProblem(readInput(row, reading), slab[at]?.problem ?? null);
      tally.count(row.cells, input);
      return input;
    });
    await writing;
    writing = writeSlab(tx, batchId, stored, inputs);
    // A failed write is reported by the await above; without this it would also count as an unhandled rejection.
    writing.catch(() => {});
  }
  await writing;
  return tally.notes();
}

function withProblem(input: RowInput, problem: RowInput["problem"]): RowInput {
  return problem === null ? input : { ...input, problem };
}

async function writeSlab(tx: Tx, batchId: string, stored: StoredRow[], inputs: RowInput[]): Promise<void> {
  const copy = tx.copyIn("copy rows (batch_id, row_no, cells, sealed) from stdin");
  copy.end(copyBuffer(stored.map((row) => rowLine(batchId, row))));
  await finished(copy);
  await stageInputs(tx, batchId, inputs);
}

function rowLine(batchId: string, { rowNo, cells, sealed }: StoredRow): string {
  return `${batchId}\t${rowNo}\t${copyTextArray(cells)}\t${copyBytes(sealed)}\n`;
}

/** Puts a mark in place of each password, and beside it the sealed password where it keeps the rules. */
function sealPasswords(batchId: string, slab: IncomingRow[], column: number, secrets: Secrets): StoredRow[] {
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
