import type { Tx } from "../../../db/in-transaction.ts";
import { workColumns, workRows } from "../work-rows/work-table.ts";
import type { Outcome } from "../work-rows/outcome.ts";

/**
 * Writes how the rows from `rowFrom` to `rowTo` ended, one attempt more on each: those of `outcomes` as they say, all
 * others in the work table as succeeded.
 */
export async function writeOutcomes(
  tx: Tx,
  rows: { batchId: string; rowFrom: number; rowTo: number },
  outcomes: readonly Outcome[],
): Promise<void> {
  const place = [rows.batchId, rows.rowFrom, rows.rowTo];
  const special = outcomes.map((outcome) => outcome.rowNo);
  await tx.together(
    () => tx.rows(succeededSql, [...place, special]),
    ...(outcomes.length === 0
      ? []
      : [
          () =>
            tx.rows(specialSql, [
              ...place,
              special,
              outcomes.map((outcome) => outcome.state),
              outcomes.map((outcome) => outcome.step),
              outcomes.map((outcome) => outcome.cause?.code ?? null),
              outcomes.map((outcome) => outcome.cause?.field ?? null),
              outcomes.map((outcome) => outcome.cause?.message ?? null),
              outcomes.map((outcome) => outcome.userId ?? null),
              outcomes.map((outcome) => outcome.userId === undefined),
            ]),
        ]),
  );
}

const input = workColumns("input");

// Without the range Postgres may choose to read the whole batch for each chunk of it.
const rangeSql = "results.batch_id = $1 and results.row_no between $2 and $3";

// What the plan told a row that is well: the name that was built for it.
const toldSql = "case when results.code is null then results.message end";

const succeededSql = `
update row_results results set state = 'succeeded', step = null, code = null, field = null, message = ${toldSql},
  user_id = ${input.userId}, attempts = attempts + 1
from ${workRows} input
where ${rangeSql} and results.row_no = ${input.rowNo} and ${input.rowNo} <> all($4::int[])`;

const specialSql = `
update row_results results set state = ended.state, step = ended.step, code = ended.code, field = ended.field,
  message = coalesce(ended.message, ${toldSql}), user_id = case when of_input then ${input.userId} else ended.user_id end, attempts = attempts + 1
from unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::uuid[], $11::boolean[])
  ended (row_no, state, step, code, field, message, user_id, of_input)
left join ${workRows} input using (row_no)
where ${rangeSql} and results.row_no = ended.row_no`;
