import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { textFieldNames, type FieldName } from "../../contract/fields.ts";
import type { Tx } from "../../db/in-transaction.ts";
import { copyBuffer } from "../sql/copy-buffer.ts";
import { copyBytes, copyLine, copyTextArray } from "../sql/copy-text.ts";
import { insertValues } from "../sql/insert-values.ts";
import { filledFields, inputValues, valueColumns } from "./input-values.ts";
import type { ReadRow } from "./read-slab.ts";

/**
 * Writes rows into `rows`, as they came and as `read` reads them: one COPY, however many there are. A slab is read and its
 * lines are made while Postgres takes the one before it, so that neither waits for the other; never more than two slabs
 * are in memory. `columns` are those of the reading.
 */
export async function stageRows<Slab>(
  tx: Tx,
  batchId: string,
  columns: readonly (FieldName | null)[],
  slabs: AsyncIterable<Slab>,
  read: (slab: Slab) => readonly ReadRow[],
): Promise<void> {
  const fields = filledFields(columns);
  const line = ({ input, cells, sealed }: ReadRow) =>
    `${batchId}\t${copyTextArray(cells)}\t${copyBytes(sealed)}\t${copyLine(inputValues(input, fields))}`;
  const copy = tx.copyIn(`copy rows (${[...cellColumns, ...valueColumns(fields)].join(", ")}) from stdin`);
  const taken = finished(copy);
  // Without this a failure that comes between two writes would end the process.
  taken.catch(() => {});
  try {
    let writing: Promise<void> = Promise.resolve();
    let lines: Buffer | undefined;
    for await (const slab of slabs) {
      lines = copyBuffer(read(slab).map(line), lines);
      // A write whose database goes away is never answered, but the stream breaks.
      await Promise.race([writing, taken]);
      writing = write(copy, lines);
      writing.catch(() => {});
    }
    await Promise.race([writing, taken]);
    copy.end();
    await taken;
  } catch (error) {
    copy.destroy();
    throw error;
  }
}

/** Inserts the rows of a small batch, by a statement that is always the same. */
export async function insertRows(tx: Tx, batchId: string, rows: readonly ReadRow[]): Promise<void> {
  const values = rows.map(({ input, cells, sealed }): (string | string[] | Buffer | null)[] => [
    batchId,
    cells,
    sealed,
    ...inputValues(input, textFieldNames),
  ]);
  await insertValues(tx, "rows", [...cellColumns, ...valueColumns(textFieldNames)], values);
}

const cellColumns = ["batch_id", "cells", "sealed"];

async function write(copy: Writable, lines: Buffer): Promise<void> {
  await new Promise<void>((done, fail) => copy.write(lines, (error) => (error ? fail(error) : done())));
}
