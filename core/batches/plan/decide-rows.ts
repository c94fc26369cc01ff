import type { BatchOptions } from "../../../contract/batch.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { SeatNeed } from "../../../db/schema/batches.ts";
import { inputsSql, type PlanScope, someRows, wholeBatch } from "../work-rows/plan-scope.ts";
import { inputColumns } from "../work-rows/input-columns.ts";
import { matchesSql } from "../work-rows/matches-sql.ts";
import { decidedNeedsSql } from "../../directory/licenses/seat-needs.ts";
import { type CreateCause, createRefusals } from "./create-refusals.ts";
import { daySql, overwritePlanSql, quotedNameSql, refusalsSql, refusalTextSql } from "./refusals.ts";

/** Rows without a plan that follow one another, from the first to the last. */
type RowRange = { rows: "range"; rowFrom: number; rowTo: number };

const allRows: RowRange = { rows: "range", rowFrom: 1, rowTo: 2 ** 31 - 1 };
const input = inputColumns("input");

type Batch = { id: string; customerId: string; options: BatchOptions };

/**
 * Writes the plan of rows of the batch into `row_results`, with what the directory says of each: users who exist, deleted
 * users of the same name; `markRepeated` adds what the file says. One statement, whatever the number of rows. Rows planned
 * invalid or conflict are `failed` from here on. Gives the seats that the rows need against those free.
 */
export async function decideRows(
  tx: Tx,
  batch: Batch,
  restorableSince: Date,
  scope: PlanScope | RowRange,
): Promise<SeatNeed[]> {
  if (scope.rows === "some") {
    return await tx.rows<SeatNeed>(decideSql(batch, restorableSince, inputsSql(someRows, batch.id), overPlan));
  }
  const { rowFrom, rowTo } = scope.rows === "all" ? allRows : scope;
  const range = sql`(
    select * from ${inputsSql(wholeBatch, batch.id)} input where ${input.rowNo} between ${rowFrom} and ${rowTo})`;
  return await tx.rows<SeatNeed>(decideSql(batch, restorableSince, range));
}

const sentenceSql = sql.unsafe(
  refusalTextSql({ who: quotedNameSql("user_principal_name"), day: daySql("deleted_at") }),
);
const refusedSql = sql.unsafe(refusalsSql(createRefusals));
const overPlan = sql.unsafe(overwritePlanSql);
const sameSql = matchesSql("input", "users");
const causeSql = (cause: CreateCause) => sql.unsafe(`'${cause}'`);

function decideSql(
  { id: batchId, customerId, options: { onExisting, onDeleted } }: Batch,
  restorableSince: Date,
  inputs: SqlText,
  over = sql``,
): SqlText {
  return sql`
with decided as materialized (
  select ${input.rowNo}, ${input.userPrincipalName}, ${input.code}, ${input.field}, ${input.message}, ${input.skuIds},
    deleted.deleted_at,
    case
      when ${input.code} is not null then 'invalid'
      when found.customer_id <> ${customerId} then ${causeSql("taken")}
      when found.id is not null and found.same then 'unchanged'
      when found.id is not null and ${onExisting}::text = 'update' then 'update'
      when found.id is not null then ${causeSql("exists")}
      when deleted.id is null or ${onDeleted}::text = 'create' then 'create'
      when ${onDeleted}::text = 'restore' then 'restore'
      else ${causeSql("deleted")}
    end as decision,
    found.id as active_id, found.version as active_version, deleted.id as deleted_id, deleted.version as deleted_version
  from ${inputs} input
  left join lateral (
    select users.id, users.version, users.customer_id, ${sameSql} as same
    from users
    where lower(users.user_principal_name) = lower(${input.userPrincipalName}) and users.deleted_at is null
    offset 0 -- one index probe a row: a hash join would read the whole directory for a small batch
  ) found on true
  left join lateral (
    select users.id, users.version, users.deleted_at
    from users
    where lower(users.user_principal_name) = lower(${input.userPrincipalName})
      and users.deleted_at > ${restorableSince} and users.customer_id = ${customerId}
      -- Asked once: a customer without deleted users is spared a probe a row.
      and (select exists (select from users where customer_id = ${customerId} and deleted_at > ${restorableSince}))
    order by users.deleted_at desc limit 1
  ) deleted on true
), written as (
insert into row_results (batch_id, row_no, plan, state, code, field, message, user_id, user_version)
select ${batchId}::uuid, row_no,
  coalesce(refused.plan, decision),
  case when decision in ('create', 'update', 'unchanged', 'restore') then 'pending' else 'failed' end,
  coalesce(refused.code, decided.code),
  case when decided.code is not null then decided.field else refused.field end,
  -- A row that is well is told of a name that was built for it.
  case when refused.cause is null then message else ${sentenceSql} end,
  case when decision in ('update', 'unchanged', 'exists') then active_id
    when decision in ('restore', 'deleted') then deleted_id end,
  case when decision in ('update', 'unchanged', 'exists') then active_version
    when decision in ('restore', 'deleted') then deleted_version end
from decided left join ${refusedSql} on refused.cause = decision ${over}
) ${decidedNeedsSql(customerId)}`;
}
