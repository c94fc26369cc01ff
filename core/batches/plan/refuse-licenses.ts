import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { findLicenseProblem, type HeldLicense } from "../../../licensing/license-rules.ts";
import { licensesTextSql } from "../../sql/licenses-text.ts";
import { inputsSql, type PlanScope } from "../work-rows/plan-scope.ts";
import { inputColumns } from "../work-rows/input-columns.ts";

const input = inputColumns("input");

/** Rows whose users hold the same licenses and ask for the same ones. */
type Alike = {
  before: HeldLicense[];
  added: string[];
  removed: string[];
  plans: Record<string, string[]> | null;
  location: string | null;
  rowNos: number[];
};

/**
 * Fails the planned rows of a batch of license changes that the catalogue's rules forbid. Users are looked at by what they
 * hold and ask for, of which there are few kinds. Causes: plan_conflict, plan_dependency, license_group_mixed,
 * prohibited_in_location, managed_by_publisher.
 */
export async function refuseLicenses(tx: Tx, batchId: string, scope: PlanScope): Promise<void> {
  const kinds = await tx.rows<Alike>(alikeSql(batchId, inputsSql(scope, batchId)));
  const refused = kinds.flatMap((kind) => {
    const problem = findLicenseProblem(kind.before, wantedOf(kind), kind.location);
    if (problem === null) return [];
    return kind.rowNos.map((rowNo) => ({ rowNo, code: problem.code, message: `Row ${rowNo}: ${problem.said}` }));
  });
  if (refused.length === 0) return;
  const [rowNos, codes] = [refused.map(({ rowNo }) => rowNo), refused.map(({ code }) => code)];
  await tx.rows(sql`
    update row_results results set plan = 'invalid', state = 'failed', code = refused.code, field = 'licenses',
      message = refused.message
    from unnest(${rowNos}::int[], ${codes}::text[], ${refused.map(({ message }) => message)}::text[])
      refused (row_no, code, message)
    where results.batch_id = ${batchId} and results.row_no = refused.row_no`);
}

function wantedOf({ before, added, removed, plans }: Alike): HeldLicense[] {
  const held = new Map(before.map((license) => [license.skuId, license.disabledPlans]));
  for (const skuId of removed) held.delete(skuId);
  for (const skuId of added) held.set(skuId, plans?.[skuId] ?? held.get(skuId) ?? []);
  return [...held].map(([skuId, disabledPlans]) => ({ skuId, disabledPlans }));
}

// What a user holds is looked up user by user: as a join of two lists that Postgres takes for a row each, it would look
// through one of them for each row of the other.
const alikeSql = (batchId: string, inputs: SqlText) => sql`
select held::json as before, to_json(sku_ids) as added, to_json(removed_sku_ids) as removed, plans,
  usage_location as location, json_agg(row_no) as "rowNos"
from (
  select ${input.rowNo}, ${input.skuIds}, ${input.removedSkuIds}, ${input.plans}, users.usage_location, (
    select ${licensesTextSql(sql`disabled_plans`)} from license_assignments where user_id = results.user_id) as held
  from row_results results join ${inputs} input using (row_no) join users on users.id = results.user_id
  where results.batch_id = ${batchId} and results.plan = 'update' and results.state = 'pending'
) planned
group by held, sku_ids, removed_sku_ids, plans, usage_location`;
