import { blockRows } from "../../../files/table/block-rows.ts";
import { passwordMark } from "../../../contract/fields.ts";
import type { Database } from "../../../db/open-database.ts";
import type { Secrets } from "../../secrets/secrets.ts";
import type { StoredRow } from "./read-input.ts";
import { sealPasswords } from "./read-block.ts";

/**
 * The rows of a batch as they are stored and committed, in blocks of 1,000 by number. The next block is under way while one
 * is worked on; no more than these two are in memory.
 */
export async function* storedBlocks({ sql }: Pick<Database, "sql">, batchId: string): AsyncGenerator<StoredRow[]> {
  const fetch = (after: number) =>
    sql<StoredRow[]>`
      select row_no as "rowNo", to_json(cells) as cells, sealed from rows
      where batch_id = ${batchId} and row_no > ${after} order by row_no limit ${blockRows}`.execute();
  let coming = fetch(0);
  for (;;) {
    const block = await coming;
    const last = block.at(-1);
    if (last === undefined) return;
    coming = fetch(last.rowNo);
    // Whoever takes no further block never asks how this one went.
    coming.catch(() => {});
    yield block;
  }
}

/** Gives stored rows whose passwords stand in the column at `column` by now: as reading the file so would have stored them. */
export function resealRows(
  batchId: string,
  block: readonly StoredRow[],
  { column, width }: { column: number; width: number },
  secrets: Secrets,
): StoredRow[] {
  return sealPasswords(
    batchId,
    block.map(({ rowNo, cells }) => ({ rowNo, cells: cells.length > width ? hideFrom(cells, column) : cells })),
    column,
    secrets,
  );
}

/** A row out of step may have its password anywhere behind its place. */
function hideFrom(cells: string[], column: number): string[] {
  return cells.map((cell, at) => (at >= column && cell.trim() !== "" ? passwordMark : cell));
}
