import type { RowState } from "../../../contract/batch.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { rowText, slot } from "../../sql/row-text.ts";
import { sql } from "../../../db/sql-text.ts";

/** Why a pending row ends without being carried out. */
type CancelCause = "cancelled" | "cancelled_in_part" | "expired";

type Cancellation = { state: Extract<RowState, "cancelled" | "partial">; text: (step: string) => string };

const cancellations: Record<CancelCause, Cancellation> = {
  cancelled: {
    state: "cancelled",
    text: () =>
      "the batch was cancelled before this row was carried out. Nothing of it was done; retry it to have it done after all.",
  },
  cancelled_in_part: {
    state: "partial",
    text: (step) =>
      `the batch was cancelled before the step that is missing, ${step}, was tried again. Retry the row to go on with it.`,
  },
  expired: {
    state: "cancelled",
    text: () => "nobody started the plan in time. Nothing of the row was done.",
  },
};

/** SQL for the cause of a row, by what has ended its batch. A pending row with a step is one that ended in part and was opened again. */
const causeSql = {
  agent: sql`case when step is null then 'cancelled' else 'cancelled_in_part' end`,
  time: sql`'expired'`,
};

/**
 * Ends the rows of the batches that are still pending, because an agent cancels these or nobody started them in time. A row
 * that had ended in part and waited for its retry is `partial` again. The caller holds the batches and their chunks.
 */
export async function cancelRows(
  tx: Pick<Tx, "rows">,
  batchIds: readonly string[],
  by: keyof typeof causeSql,
): Promise<void> {
  const all = Object.entries(cancellations);
  await tx.rows(
    sql`update row_results results
     set state = cancellation.state, code = 'batch_cancelled', field = null,
       message = format(cancellation.text, row_no, step)
     from unnest(
       ${all.map(([cause]) => cause)}::text[], ${all.map(([, { state }]) => state)}::text[],
       ${all.map(([, { text }]) => rowText(text(slot(2))))}::text[]
     ) cancellation (cause, state, text)
     where batch_id = any(${batchIds}) and results.state = 'pending'
       and cancellation.cause = ${causeSql[by]}`,
  );
}
