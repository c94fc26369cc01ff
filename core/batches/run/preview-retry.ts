import type { PlanBrake } from "../../../contract/brakes.ts";
import type { RetryPreview } from "../../../contract/retry-preview.ts";
import type { RetrySelection, RowState, RowStep } from "../../../contract/batch.ts";
import { causes, type CauseCode } from "../../../contract/codes.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { markShortages } from "../../directory/licenses/mark-shortages.ts";
import { countNeeds } from "../../directory/licenses/seat-needs.ts";
import { readBatchHead } from "../work-rows/batch-head.ts";
import { type HeldBatch, holdBatch } from "../state/hold-batch.ts";
import { chosenRows, type Reopened, reopenRows } from "./reopen-rows.ts";
import { retryBrakeOf } from "../plan/brake-of.ts";
import { requireEnded, retryable } from "./retry-batch.ts";
import { weighRetry } from "./weigh-retry.ts";
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
 * @throws Problem not_found, batch_state, approval_needed as the retry does
 */
export async function previewRetry(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  selection: RetrySelection,
): Promise<RetryPreview> {
  try {
    return await inTransaction(context.db.pool, async (tx) => {
      const batch = await holdBatch(tx, batchId, retryable, "retry");
      const rowNos = await chosenRows(tx, batchId, selection);
      const reopened = await reopenRows(context, tx, actor, batchId, selection);
      const brake = await retryBrake(tx, batch, reopened);
      await markSeats(tx, batchId);
      throw new Previewed({ ...(await countRows(tx, batchId, rowNos)), brake });
    });
  } catch (error) {
    if (error instanceof Previewed) return error.preview;
    throw error;
  }
}

async function retryBrake(tx: Tx, batch: HeldBatch, reopened: Reopened): Promise<PlanBrake> {
  const { braked, why } = await weighRetry(tx, batch.id, reopened);
  if (why !== null) requireEnded(batch, why);
  return retryBrakeOf(braked, why);
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

async function countRows(tx: Tx, batchId: string, rowNos: readonly number[]): Promise<Omit<RetryPreview, "brake">> {
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
