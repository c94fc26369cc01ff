import { textFieldNames } from "../../../contract/fields.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import type { Reading } from "../../../files/rows/row-input.ts";
import { copyBuffer } from "../../sql/copy-buffer.ts";
import { copyBytes, copyLine, copyTextArray } from "../../sql/copy-text.ts";
import { insertValues } from "../../sql/insert-values.ts";
import { filledFields, inputValues, valueColumns } from "./input-values.ts";
import { keepAwake } from "./keep-awake.ts";
import type { ReadRow } from "./read-block.ts";

/**
 * Writes rows into `rows`, as they came and as `read` reads them, a COPY for each block; then `stored` is told the number
 * of the last. A block is read and its lines are made while Postgres takes those before it and `stored`
 * is at work, so that neither waits for the other; never more than three blocks are in memory.
 */
export async function stageRows<Block>(
  tx: Tx,
  { columns, operation }: Pick<Reading, "columns" | "operation">,
  blocks: AsyncIterable<Block>,
  { read, stored }: { read: (block: Block) => Iterable<ReadRow>; stored: (rowTo: number) => Promise<void> },
): Promise<void> {
  const fields = filledFields(columns);
  const targeted = operation !== "createUsers";
  const text = `copy rows (${[...cellColumns, ...valueColumns(fields, targeted)].join(", ")}) from stdin`;
  let rowTo = 0;
  function* linesOf(rows: Iterable<ReadRow>): Generator<string> {
    for (const { batchId, input, cells, sealed } of rows) {
      rowTo = input.rowNo;
      yield `${batchId}\t${copyTextArray(cells)}\t${copyBytes(sealed)}\t${copyLine(inputValues(input, fields, targeted))}`;
    }
  }
  const store = async (lines: Buffer, last: number) => {
    await tx.together(
      () => tx.copyIn(text, lines),
      () => stored(last),
    );
    spare.push(lines);
  };
  const spare: Buffer[] = [];
  let older: Promise<void> = Promise.resolve();
  let storing = older;
  try {
    for await (const block of keepAwake(tx, blocks)) {
      const lines = copyBuffer(linesOf(read(block)), spare.pop());
      await older;
      older = storing;
      storing = store(lines, rowTo);
      // It is awaited only when another block has been read.
      storing.catch(() => {});
    }
    // In this order, for what fails behind another one says no more than that.
    await older;
    await storing;
  } catch (error) {
    // The connection takes no rollback in the middle of a COPY.
    await storing.catch(() => {});
    throw error;
  }
}

/** Inserts the rows of a small batch, by a statement that is always the same. */
export async function insertRows(tx: Tx, rows: readonly ReadRow[]): Promise<void> {
  const values = rows.map(({ batchId, input, cells, sealed }): (string | string[] | Buffer | null)[] => [
    batchId,
    cells,
    sealed,
    ...inputValues(input, textFieldNames, true),
  ]);
  await insertValues(tx, "rows", [...cellColumns, ...valueColumns(textFieldNames, true)], values);
}

const cellColumns = ["batch_id", "cells", "sealed"];
