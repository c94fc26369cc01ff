import type { RetrySelection } from "../../../contract/batch.ts";
import type { Hits } from "../../../contract/brakes.ts";
import type { CauseCode } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { loadReading } from "../work-rows/load-reading.ts";
import { planWorkRows } from "../plan/plan-batch.ts";
import { isRead, readBatchHead } from "../work-rows/batch-head.ts";
import { lockChunks } from "../state/move-chunks.ts";
import { addKept, addStored } from "../work-rows/add-stored.ts";
import { openWorkRows } from "../work-rows/work-table.ts";

/** Which rows; all that are failed or partial where nothing is named. Cancelled rows are chosen only by state, code or number. */
export type ReopenSelection = {
  state?: RetrySelection["state"];
  codes?: CauseCode[] | undefined;
  rowNos?: number[] | undefined;
  chunkNo?: number;
};

/** How many rows were reopened, which of them are not in the work table, and what all rows hit that are pending now. */
export type Reopened = { reopened: number; resumed: number[]; hits: Hits };

/**
 * Reopens the chosen failed, partial and cancelled rows of a batch; rows that repeat an earlier row's name, or whose
 * cells are gone, cannot be chosen. A partial row only becomes pending again, to go on at the step that failed; a
 * failed or cancelled one is read and planned anew against the directory as it is now, and is failed with its new cause
 * where that is no better. The caller holds the batch's row.
 */
export async function reopenRows(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  batchId: string,
  selection: ReopenSelection,
): Promise<Reopened> {
  const batch = await readBatchHead(tx, batchId);
  const chosen = chosenSql(batchId, selection);
  await lockChunks(tx, batchId, selection.chunkNo ?? null);
  await openWorkRows(tx);
  const from = sql`row_results results join rows using (batch_id, row_no)
    where ${chosen} and ${replannedStateSql(selection)}`;
  const replanned = isRead(batch)
    ? await addStored(tx, await loadReading(context, batch.customerId, batch.options, batch), from)
    : await addKept(tx, from);
  const resumed = await tx.rows<{ rowNo: number }>(sql`
    update row_results results set state = 'pending', code = null, field = null, message = null
    where ${chosen} and results.state = 'partial' returning row_no as "rowNo"`);
  const hits = await planWorkRows(context, tx, { ...batch, actor }, selection.chunkNo ?? null);
  return { reopened: replanned + resumed.length, resumed: resumed.map(({ rowNo }) => rowNo), hits };
}

/** The numbers of the rows that `reopenRows` would take up. */
export async function chosenRows(tx: Tx, batchId: string, selection: ReopenSelection): Promise<number[]> {
  const rows = await tx.rows<{ rowNo: number }>(sql`
    select results.row_no as "rowNo" from row_results results where ${chosenSql(batchId, selection)}
      and (results.state = 'partial' or ${replannedStateSql(selection)})`);
  return rows.map(({ rowNo }) => rowNo);
}

// The second row of a name stays what it is, because the file does: planned alone, it would overwrite the first. Rows
// whose cells have outlived their time cannot be read again, and would wait for ever.
function chosenSql(batchId: string, { state, codes, rowNos, chunkNo }: ReopenSelection): SqlText {
  return sql.join(
    [
      sql`results.batch_id = ${batchId} and results.code is distinct from 'duplicate_in_file'
        and exists (select from rows where rows.batch_id = ${batchId} and rows.row_no = results.row_no)`,
      ...(codes === undefined ? [] : [sql`results.code = any(${codes})`]),
      ...(rowNos === undefined ? [] : [sql`results.row_no = any(${rowNos})`]),
      ...(state === undefined ? [] : [sql`results.state = ${state}`]),
      ...(chunkNo === undefined
        ? []
        : [
            sql`exists (select from chunks where chunks.batch_id = ${batchId} and chunks.no = ${chunkNo}
              and results.row_no between chunks.row_from and chunks.row_to)`,
          ]),
    ],
    " and ",
  );
}

function replannedStateSql({ state, codes, rowNos }: ReopenSelection): SqlText {
  const cancelledToo = codes !== undefined || rowNos !== undefined || state === "cancelled";
  return cancelledToo ? sql`results.state in ('failed', 'cancelled')` : sql`results.state = 'failed'`;
}
