import type { RetrySelection } from "../../../contract/batch.ts";
import type { CauseCode } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { loadReading } from "../work-rows/load-reading.ts";
import { planWorkRows } from "../plan/plan-batch.ts";
import { readBatchHead } from "../work-rows/batch-head.ts";
import { lockChunks } from "../state/move-chunks.ts";
import { addStored } from "../work-rows/add-stored.ts";
import { openWorkRows } from "../work-rows/work-table.ts";

/** Which rows; all that are failed or partial where nothing is named. Cancelled rows are chosen only by state, code or number. */
export type ReopenSelection = {
  state?: RetrySelection["state"];
  codes?: CauseCode[] | undefined;
  rowNos?: number[] | undefined;
  chunkNo?: number;
};

/**
 * Reopens the chosen failed, partial and cancelled rows of a batch and gives how many; rows that repeat an earlier row's name, or
 * whose cells are gone, cannot be chosen. A partial row only becomes pending again, to go on at the step that failed; a
 * failed or cancelled one is read and planned anew against the directory as it is now, and is failed with its new cause
 * where that is no better. The caller holds the batch's row.
 */
export async function reopenRows(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  batchId: string,
  selection: ReopenSelection,
): Promise<number> {
  const batch = await readBatchHead(tx, batchId);
  const choice = choiceOf(batchId, selection);
  await lockChunks(tx, batchId, selection.chunkNo ?? null);
  await openWorkRows(tx);
  const reading = await loadReading(context, batch.customerId, batch.options, batch);
  const replanned = await addStored(tx, reading, replannedSql, choice);
  const resumed = await tx.rows(
    `update row_results results set state = 'pending', code = null, field = null, message = null
     where ${chosenSql} and results.state = 'partial' returning row_no`,
    choice,
  );
  await planWorkRows(context, tx, { ...batch, actor }, selection.chunkNo ?? null);
  return replanned + resumed.length;
}

/** The numbers of the rows that `reopenRows` would take up. */
export async function chosenRows(tx: Tx, batchId: string, selection: ReopenSelection): Promise<number[]> {
  const rows = await tx.rows<{ rowNo: number }>(
    `select results.row_no as "rowNo" from row_results results where ${chosenSql}
       and (results.state = 'partial' or ${replannedStateSql})`,
    choiceOf(batchId, selection),
  );
  return rows.map(({ rowNo }) => rowNo);
}

function choiceOf(batchId: string, { state, codes, rowNos, chunkNo }: ReopenSelection): unknown[] {
  return [batchId, codes ?? null, rowNos ?? null, chunkNo ?? null, state ?? null];
}

// The second row of a name stays what it is, because the file does: planned alone, it would overwrite the first. Rows
// whose cells have outlived their time cannot be read again, and would wait for ever.
const chosenSql = `results.batch_id = $1 and results.code is distinct from 'duplicate_in_file'
  and exists (select from rows where rows.batch_id = $1 and rows.row_no = results.row_no)
  and ($2::text[] is null or results.code = any($2)) and ($3::int[] is null or results.row_no = any($3))
  and ($5::text is null or results.state = $5)
  and ($4::int is null or exists (
    select from chunks where chunks.batch_id = $1 and chunks.no = $4
      and results.row_no between chunks.row_from and chunks.row_to))`;

const replannedStateSql = `(results.state = 'failed'
  or (results.state = 'cancelled' and ($2::text[] is not null or $3::int[] is not null or $5 = 'cancelled')))`;

const replannedSql = `row_results results join rows using (batch_id, row_no) where ${chosenSql} and ${replannedStateSql}`;
