import { quoteValue } from "../../../contract/codes.ts";
import { passwordMark } from "../../../contract/fields.ts";
import { Problem } from "../../../contract/problem.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { loadReading } from "../work-rows/load-reading.ts";
import { rereadBlock } from "../work-rows/read-block.ts";
import type { StoredRow } from "../work-rows/read-input.ts";
import { rememberedNotes } from "../work-rows/remembered-mappings.ts";
import { stageRows } from "../work-rows/stage-rows.ts";
import { resealRows, storedBlocks } from "../work-rows/stored-blocks.ts";
import { tallySteps } from "../work-rows/tally-steps.ts";
import { decideBlocks } from "../plan/decide-blocks.ts";
import { planBatch } from "../plan/plan-batch.ts";
import { headNotes } from "../../../files/table/reading-notes.ts";
import { headGuesses, sampleRows } from "../../../files/table/table-head.ts";
import type { ReadBatchHead } from "../work-rows/batch-head.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Reads all stored rows of a batch anew by the columns and options in `table` and plans them: what an upload of the same
 * file with them would have given. The rows are written afresh, by COPY: an update of each costs half as much again.
 * The caller holds the batch, which is `ready`.
 * @throws Problem body_invalid for an option that cannot be met, header_unrecognised, mapping_invalid
 */
export async function replanBatch(context: CoreContext, tx: Tx, actor: Actor, table: ReadBatchHead): Promise<void> {
  const { id, customerId, columns, header, options, remembered } = table;
  const reading = await loadReading(context, customerId, options, table);
  const guesses = table.source === "upload" ? headGuesses(table, await firstRows(tx, id)) : [];
  const tally = tallySteps(reading);
  const column = columns.indexOf("password");
  const moved = column !== -1 && column !== table.sealedColumn;
  await tx.rows(sql`delete from rows where batch_id = ${id}`);
  await tx.rows(sql`delete from row_results where batch_id = ${id}`);
  const read = (block: StoredRow[]) => {
    if (!moved) return rereadBlock(id, block, reading, tally);
    requirePasswords(block, column, header);
    return rereadBlock(id, resealRows(id, block, { column, width: header.length }, context.secrets), reading, tally);
  };
  const batch = { ...table, actor };
  const decisions = decideBlocks(context, tx, batch);
  // Read on another connection, which sees the rows as they were: on this one they are gone.
  await stageRows(tx, reading, storedBlocks(context.db, id), { read, stored: decisions.stored });
  const head = table.source === "upload" ? headNotes({ ...table, guesses }) : [];
  const notes = [...table.fileNotes, ...head, ...rememberedNotes(remembered), ...tally.notes()];
  await tx.rows(
    sql`update batches set columns = ${columns}, options = ${JSON.stringify(options)},
       remembered = ${remembered === null ? null : JSON.stringify(remembered)},
       sealed_column = ${moved ? column : table.sealedColumn}, notes = ${notes} where id = ${id}`,
  );
  await planBatch(context, tx, batch, { needs: await decisions.end() });
}

async function firstRows(tx: Tx, batchId: string): Promise<string[][]> {
  const rows = await tx.rows<{ cells: string[] }>(
    sql`select to_json(cells) as cells from rows where batch_id = ${batchId} order by row_no limit ${sampleRows}`,
  );
  return rows.map(({ cells }) => cells);
}

/** A mark is all that is left of a password that was read when its column stood for something else. */
function requirePasswords(block: StoredRow[], column: number, header: string[]): void {
  const lost = block.some(({ cells }) => cells.length <= header.length && cells[column] === passwordMark);
  if (!lost) return;
  const label = header[column] ?? "";
  throw new Problem(
    "mapping_invalid",
    `The passwords in the column ${quoteValue(label)} were not kept when the file was read. Upload the file again with this mapping, or leave the column out, and Muster makes passwords.`,
    { errors: [{ column: label, message: "The passwords of this column were not kept." }] },
  );
}
