import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { inputsSql, type PlanScope } from "../work-rows/plan-scope.ts";
import { inputColumns } from "../work-rows/input-columns.ts";
import { type CreateCause, createRefusals } from "./create-refusals.ts";
import { quotedNameSql, refusalsSql, refusalTextSql } from "./refusals.ts";

/**
 * Plans those rows of a batch invalid whose name is already in an earlier row, which they name. All of them have been
 * decided on. Gives how many they are.
 */
export async function markRepeated(tx: Tx, batchId: string, scope: PlanScope): Promise<number> {
  const [marked] = await tx.rows<{ rows: number }>(markSql(batchId, inputsSql(scope, batchId)));
  return marked?.rows ?? 0;
}

const input = inputColumns("input");

const sentenceSql = sql.unsafe(refusalTextSql({ who: quotedNameSql("user_principal_name"), earlierRow: "first_row" }));
const refusedSql = sql.unsafe(
  `${refusalsSql(createRefusals)} on refused.cause = '${"repeated" satisfies CreateCause}'`,
);

// No list of rows is joined to another: Postgres takes a batch that came after its statistics for one of a row or two, and
// would join by looking at all rows for each. `is true` keeps the names a hash to look into, and the conflict finds a row by its key.
const markSql = (batchId: string, inputs: SqlText) => sql`
with repeated as materialized (
  select lower(${input.userPrincipalName}) as name from ${inputs} input group by 1 having count(*) > 1
), holders as (
  select ${input.rowNo}, ${input.code}, ${input.userPrincipalName},
    min(${input.rowNo}) over (partition by lower(${input.userPrincipalName})) as first_row
  from ${inputs} input
  where (select exists (select from repeated)) and (lower(${input.userPrincipalName}) in (select name from repeated)) is true
), marked as (
  insert into row_results (batch_id, row_no, plan, state, code, field, message)
  select ${batchId}::uuid, row_no, refused.plan, 'failed', refused.code, refused.field, ${sentenceSql}
  from holders join ${refusedSql}
  where row_no > first_row and holders.code is null
  on conflict (batch_id, row_no) do update set plan = excluded.plan, state = excluded.state, code = excluded.code,
    field = excluded.field, message = excluded.message, user_id = null, user_version = null
  returning 1
) select count(*)::int as rows from marked`;
