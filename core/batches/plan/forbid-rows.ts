import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { inputsSql, type PlanScope } from "../work-rows/plan-scope.ts";
import { workColumns, workRows } from "../work-rows/work-table.ts";
import { inputColumns, inputsBut } from "../work-rows/input-columns.ts";
import type { Outcome } from "../work-rows/outcome.ts";
import type { Authority } from "../../access/authority/authority.ts";
import { neededActsSql } from "./needed-acts-sql.ts";
import { refusals } from "../../access/authority/refusals.ts";

/**
 * Plans those rows of a batch invalid that ask for what `authority` does not allow: each row by what it changes and by the
 * directory roles that its own user holds, which no route knows before the rows are read. One statement, and none where
 * nothing is refused. Gives how many rows were refused.
 */
export async function forbidRows(
  tx: Tx,
  batch: { id: string; operation: string },
  authority: Authority,
  scope: PlanScope,
): Promise<number> {
  const refused = refusals(authority);
  if (refused[0].length === 0) return 0;
  const inputs = inputsSql(scope, batch.id);
  const forbidden = await tx.rows<{ rows: number }>(forbidSql(batch, inputs, refused));
  return forbidden[0]?.rows ?? 0;
}

/**
 * Takes those rows out of the work table that `authority` does not allow by now, and gives their outcomes. A worker has no
 * route that asks, and since the plan the user may have been given a role, or the agent may have lost one.
 */
export async function refuseRows(tx: Tx, operation: string, authority: Authority): Promise<Outcome[]> {
  const refused = refusals(authority);
  if (refused[0].length === 0) return [];
  const rows = await tx.rows<{ rowNo: number; userId: string | null; field: string | null; message: string }>(
    chunkSql(operation, refused),
  );
  return rows.map(({ rowNo, userId, field, message }) => ({
    rowNo,
    state: "failed",
    step: null,
    cause: { code: "forbidden", field, message },
    userId,
  }));
}

const input = inputColumns("input");
const work = workColumns("work");
const workTable = workRows;
const asked = sql.join(
  inputsBut("undone", "built", "code", "field", "message", "otherProblems").map((column) => input[column]),
  ", ",
);

type Refusals = ReturnType<typeof refusals>;

/** The first refusal of each row. */
function refusedSql(rows: SqlText, operation: string, [acts, guarded, texts, open]: Refusals): SqlText {
  return sql`
select distinct on (needed.row_no) needed.row_no, needed.user_id, needed.field,
  format(refusal.text, needed.row_no) as message
from (${neededActsSql(rows, operation, open)}) needed
join unnest(${acts}::text[], ${guarded}::boolean[], ${texts}::text[]) refusal (act, guarded, text)
  on refusal.act = needed.act and refusal.guarded = needed.guarded
order by needed.row_no, needed.place`;
}

// Most rows make a user without a role: who may do that is not asked for each of them, which would cost 35 µs a row.
function askedSql(plan: SqlText, roles: SqlText, operation: string, [acts]: Refusals): SqlText {
  return operation === "createUsers" && !acts.includes("createUsers")
    ? sql`(${plan} <> 'create' or ${roles} <> '{}')`
    : sql`true`;
}

function forbidSql(batch: { id: string; operation: string }, inputs: SqlText, refused: Refusals): SqlText {
  const planned = sql`(
  select results.row_no, results.plan, results.user_id, ${asked}
  from row_results results join ${inputs} input on ${input.rowNo} = results.row_no
  where results.batch_id = ${batch.id} and results.state = 'pending' and results.plan <> 'unchanged'
    and ${askedSql(sql`results.plan`, input.roles, batch.operation, refused)})`;
  return sql`
with refused as (${refusedSql(planned, batch.operation, refused)}), written as (
  update row_results results
  set plan = 'invalid', state = 'failed', code = 'forbidden', field = refused.field, message = refused.message
  from refused where results.batch_id = ${batch.id} and results.row_no = refused.row_no
  returning 1
) select count(*)::int as rows from written`;
}

function chunkSql(operation: string, refused: Refusals): SqlText {
  const changing = sql`(
  select * from ${workTable} work
  where ${work.plan} <> 'unchanged' and ${askedSql(work.plan, work.roles, operation, refused)})`;
  return sql`
with refused as (${refusedSql(changing, operation, refused)}), dropped as (
  delete from ${workTable} work using refused where ${work.rowNo} = refused.row_no
)
select row_no as "rowNo", case when exists (select from users where id = user_id) then user_id end as "userId", field, message
from refused order by row_no`;
}
