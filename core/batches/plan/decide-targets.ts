import { operations } from "../../../contract/operations.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { inputsSql, type PlanScope } from "../work-rows/plan-scope.ts";
import { inputColumns } from "../work-rows/input-columns.ts";
import { undoInputsSql } from "./left-by-batch.ts";
import { type ComparedBatch, type PlannedOperation, wantedStates } from "./wanted-states.ts";
import { findUserSql } from "./find-user-sql.ts";
import { daySql, overwritePlanSql, quotedNameSql, refusalsSql, refusalTextSql } from "./refusals.ts";
import { targetDecisionSql } from "./target-decisions.ts";
import { type TargetCause, targetRefusals } from "./target-refusals.ts";

const input = inputColumns("input");

type Batch = { id: string; customerId: string };

/**
 * Writes the plan of rows of a batch about users who are there already into `row_results`: finds the user of each by id or
 * name, and compares. One statement, whatever the number of rows. Rows planned invalid or conflict are `failed` from here
 * on. The causes are those of `targetRefusals`.
 */
export async function decideTargets(
  tx: Tx,
  batch: Batch,
  operation: PlannedOperation,
  { restorableSince, now }: { restorableSince: Date; now: Date },
  scope: PlanScope,
): Promise<void> {
  const { id, customerId } = batch;
  const inputs = inputsSql(scope, id);
  const compared = { id, customerId, restorableSince, now };
  const decisions = decideSql(operation, compared, operation === "undoBatch" ? undoInputsSql(inputs) : inputs);
  await tx.rows(scope.rows === "some" ? sql`${decisions} ${overPlan}` : decisions);
}

const overPlan = sql.unsafe(overwritePlanSql);
const refusedSql = sql.unsafe(refusalsSql(targetRefusals));
const causeSql = (cause: TargetCause) => sql.unsafe(`'${cause}'`);
const sentenceSql = sql.unsafe(
  refusalTextSql({
    who: quotedNameSql("who"),
    name: quotedNameSql("wanted_name"),
    day: daySql("deleted_at"),
    location: "usage_location",
    earlierRow: "case when first_row < row_no then first_row else first_named end",
  }),
);

// Only what is there twice is joined: windows over the rows would sort all of them, which are wide.
const repeatedSql = (column: SqlText) => sql`
  select ${column}, min(row_no) as first from found where ${column} is not null and code is null group by 1 having count(*) > 1`;

function decideSql(operation: PlannedOperation, batch: ComparedBatch, inputs: SqlText): SqlText {
  const { of, name } = wantedStates[operation];
  const well = sql.unsafe([...operations[operation].plans, "unchanged"].map((plan) => `'${plan}'`).join(", "));
  return sql`
with found as materialized (
  select ${input.rowNo}, ${input.code}, ${input.field}, ${input.message}, users.id as user_id, users.version, ${input.objectId},
    ${input.usageLocation}, lower(${name ?? sql`null`}) as new_name, users.deleted_at,
    coalesce(users.user_principal_name, ${input.userPrincipalName}, ${input.objectId}::text, '') as who,
    coalesce(${input.newName}, users.user_principal_name, '') as wanted_name,
    ${targetDecisionSql(operation, batch)} as decision
  from ${inputs} input ${findUserSql(of, batch.customerId)}
), decided as (
  select found.*, of_user.first as first_row, of_name.first as first_named, case
    when of_user.first < row_no then ${causeSql("repeated")}
    when of_name.first < row_no then ${causeSql("name_repeated")}
    else decision
  end as ending
  from found left join (${repeatedSql(sql`user_id`)}) of_user on of_user.user_id = found.user_id and found.code is null
  left join (${repeatedSql(sql`new_name`)}) of_name on of_name.new_name = found.new_name and found.code is null
)
insert into row_results (batch_id, row_no, plan, state, code, field, message, user_id, user_version)
select ${batch.id}::uuid, row_no,
  case when ending in (${well}) then ending else coalesce(refused.plan, 'invalid') end,
  case when ending in (${well}) then 'pending' else 'failed' end,
  coalesce(refused.code, decided.code),
  case when decided.code is not null then decided.field else refused.field end,
  case when decided.code is not null then message when refused.cause is not null then ${sentenceSql} end,
  coalesce(user_id, case when decision = 'unchanged' then object_id end), version
from decided left join ${refusedSql} on refused.cause = ending`;
}
