import type { RowPlan, RowState } from "../../../contract/batch.ts";
import type { CauseCode } from "../../../contract/codes.ts";
import type { Database } from "../../../db/open-database.ts";

/** Which rows of a batch: those that fit all that is said. */
export type RowMatch = {
  state?: RowState | undefined;
  plan?: RowPlan | undefined;
  code?: CauseCode | undefined;
};

/** SQL for the rows of a batch that match, of `row_results results`. */
export function matchRows(sql: Database["sql"], batchId: string, { state, plan, code }: RowMatch) {
  // Failed and partial rows always have a cause; saying so lets Postgres use the index of the few that do.
  const failing = state === "failed" || state === "partial" || plan === "invalid";
  return sql`results.batch_id = ${batchId}
    ${state === undefined ? sql`` : sql`and results.state = ${state}`}
    ${plan === undefined ? sql`` : sql`and results.plan = ${plan}`}
    ${code === undefined ? sql`` : sql`and results.code = ${code}`}
    ${failing ? sql`and results.code is not null` : sql``}`;
}
