import type { Tx } from "../../db/in-transaction.ts";
import type { Outcome } from "../operations/outcome.ts";

/** Writes how each row ended, one attempt more on each; `outcomes` are in row order and not empty. */
export async function writeOutcomes(tx: Tx, batchId: string, outcomes: readonly Outcome[]): Promise<void> {
  await tx.rows(
    `update row_results set state = ended.state, step = ended.step, code = ended.code, field = ended.field,
       message = ended.message, user_id = ended.user_id, attempts = attempts + 1
     from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[])
       ended (row_no, state, step, code, field, message, user_id)
     where row_results.batch_id = $1 and row_results.row_no = ended.row_no
       -- Without the range Postgres may choose to read the whole batch for each chunk of it.
       and row_results.row_no between $9 and $10`,
    [
      batchId,
      outcomes.map((outcome) => outcome.rowNo),
      outcomes.map((outcome) => outcome.state),
      outcomes.map((outcome) => outcome.step),
      outcomes.map((outcome) => outcome.cause?.code ?? null),
      outcomes.map((outcome) => outcome.cause?.field ?? null),
      outcomes.map((outcome) => outcome.cause?.message ?? null),
      outcomes.map((outcome) => outcome.userId),
      outcomes[0]?.rowNo,
      outcomes.at(-1)?.rowNo,
    ],
  );
}
