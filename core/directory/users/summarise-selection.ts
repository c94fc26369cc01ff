import type { SelectionSummary } from "../../../contract/selection-summary.ts";
import type { Selection } from "../../../contract/user-changes.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { CoreContext } from "../../context.ts";
import { asksOf } from "../../sql/asks.ts";
import { chosenSql } from "./chosen-sql.ts";

/** Counts what the selected users of a customer have, in one look at the directory. */
export async function summariseSelection(
  context: CoreContext,
  customerId: string,
  select: Selection,
): Promise<SelectionSummary> {
  const asks = asksOf(context.db.pool);
  const where = await chosenSql(asks, customerId, select);
  const [found] = await asks.rows<{ summary: SelectionSummary }>(summarySql(customerId, where));
  if (found === undefined) throw new Error("a summary without a row");
  return found.summary;
}

const summarySql = (customerId: string, where: SqlText) => sql`
with chosen as materialized (
  select users.id, users.deleted_at is not null as deleted, users.account_enabled, users.usage_location,
    users.user_principal_name
  from users where ${where}
), held as materialized (
  select held.user_id, held.sku_id, held.disabled_plans
  from license_assignments held join chosen on chosen.id = held.user_id
  union all
  select former.user_id, former.sku_id, former.disabled_plans
  from former_licenses former join chosen on chosen.id = former.user_id and chosen.deleted
), plans_off as (
  select held.sku_id, plan, count(*) as users from held cross join lateral unnest(held.disabled_plans) plan group by 1, 2
), products_held as (
  select sku_id, count(*) as users from held group by sku_id
)
select json_build_object(
  'users', (select count(*) from chosen),
  'active', (select count(*) from chosen where not deleted),
  'deleted', (select count(*) from chosen where deleted),
  'blocked', (select count(*) from chosen where not account_enabled),
  'withoutLocation', (select count(*) from chosen where usage_location is null),
  'unlicensed', (select count(*) from chosen) - (select count(distinct user_id) from held),
  'namesTaken', (select count(*) from chosen where deleted and exists (
    select from users other
    where lower(other.user_principal_name) = lower(chosen.user_principal_name) and other.deleted_at is null)),
  'permissions', coalesce((
    select json_agg(json_build_object('permission', role, 'users', users) order by role) from (
      select role, count(*) as users from role_assignments join chosen on chosen.id = role_assignments.user_id
      group by role) roles), '[]'),
  'products', coalesce((
    select json_agg(json_build_object('skuId', product.sku_id, 'skuPartNumber', product.sku_part_number,
      'name', product.name, 'users', coalesce(products_held.users, 0), 'total', product.total,
      'available', product.total - product.consumed,
      'plansOff', coalesce((
        select json_agg(json_build_object('plan', plan, 'users', users) order by plan)
        from plans_off where plans_off.sku_id = product.sku_id), '[]')) order by product.name, product.sku_id)
    from products product left join products_held on products_held.sku_id = product.sku_id
    where product.customer_id = ${customerId}), '[]')
) as summary`;
