import type { RetryPreview } from "../../../contract/retry-preview.ts";
import type { RetrySelection, RowState, RowStep } from "../../../contract/batch.ts";
import { causes, type CauseCode } from "../../../contract/codes.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { markShortages } from "../../directory/licenses/mark-shortages.ts";
import { countNeeds } from "../../directory/licenses/seat-needs.ts";
import { readBatchHead } from "../work-rows/batch-head.ts";
import { holdBatch } from "../state/hold-batch.ts";
import { chosenRows, reopenRows } from "./reopen-rows.ts";
import { retryable } from "./retry-batch.ts";
import { wholeBatch } from "../work-rows/plan-scope.ts";
import { sql } from "../../../db/sql-text.ts";

/** Carries a finished preview out of a transaction that is to leave nothing behind. */
class Previewed extends Error {
  readonly preview: RetryPreview;

  constructor(preview: RetryPreview) {
    super("previewed");
    this.preview = preview;
  }
}

/**
 * Tells what a retry of the selection would do now. The rows are reopened and planned as a retry does it, and the
 * transaction is undone.
 * @throws Problem not_found, batch_state
 */
export async function previewRetry(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  selection: RetrySelection,
): Promise<RetryPreview> {
  try {
    return await inTransaction(context.db.pool, async (tx) => {
      await holdBatch(tx, batchId, retryable, "retry");
      const rowNos = await chosenRows(tx, batchId, selection);
      await reopenRows(context, tx, actor, batchId, selection);
      await markSeats(tx, batchId);
      throw new Previewed(await countRows(tx, batchId, rowNos));
    });
  } catch (error) {
    if (error instanceof Previewed) return error.preview;
    throw error;
  }
}

/** Rows that go on at their licenses were planned before; whether there are seats now is marked as in a plan. */
async function markSeats(tx: Tx, batchId: string): Promise<void> {
  const batch = await readBatchHead(tx, batchId);
  const needs = await countNeeds(tx, batch, wholeBatch);
  await markShortages(tx, batch, needs, wholeBatch);
}

type Counted = {
  state: RowState;
  step: RowStep | null;
  code: CauseCode | null;
  rows: number;
  rowNo: number;
  message: string | null;
};

async function countRows(tx: Tx, batchId: string, rowNos: readonly number[]): Promise<RetryPreview> {
  const counted = await tx.rows<Counted>(
    sql`select grouped.*, example.message from (
       select state, step, code, count(*)::int as rows, min(row_no) as "rowNo"
       from row_results where batch_id = ${batchId} and row_no = any(${rowNos}::int[]) group by state, step, code
     ) grouped
     join row_results example on example.batch_id = ${batchId} and example.row_no = grouped."rowNo"
     order by grouped.rows desc, grouped.step, grouped.code`,
  );
  const stays = counted.flatMap(({ code, rows, rowNo, message }) =>
    code === null ? [] : [{ code, title: causes[code].title, rows, example: { rowNo, message } }],
  );
  return {
    rows: rowNos.length,
    goOn: counted.filter(({ code }) => code === null).map(({ step, rows }) => ({ step, rows })),
    stay: stays,
  };
}
