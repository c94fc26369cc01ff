import { sql, type SqlText } from "../../../db/sql-text.ts";

export type UndoneBatch = { id: string; createdAt: Date };

const turns = sql`operation in ('create_customer_user', 'restore_customer_user', 'delete_customer_user')`;
const wrote = sql`operation in ('create_customer_user', 'restore_customer_user', 'update_customer_user')`;
// Records of restores once held the names alone, and tell nothing of the other fields.
const compared = sql`${wrote} and before ? 'displayName'`;
const renamed = sql`operation = 'update_customer_user_principal_name'`;
const changedRoles = sql`operation in ('add_user_member', 'remove_user_member')`;
const changedLicenses = sql`operation = 'update_customer_user_licenses'`;
// The record of a user who was made names these as well.
const roles = sql`(${changedRoles} or after ? 'roles')`;
const licensed = sql`(${changedLicenses} or after ? 'added')`;

/** SQL for each `value` in turn, over the records of a row for which `when` holds. All in one order, so that Postgres sorts once. */
const all = (value: string, when: SqlText) => sql`(array_agg(${sql.unsafe(value)} order by id) filter (where ${when}))`;
const first = (value: string, when: SqlText) => sql`${all(value, when)}[1]`;
const last = (value: string, when: SqlText) => sql`${all(value, when)}[(count(*) filter (where ${when}))::int]`;

// Of who is as the batch made them nothing else need be known, and of a deletion that it was one.
const told = sql`operation <> 'delete_customer_user' and version is distinct from 1`;

/**
 * SQL for what a batch changed, a line for each of its rows that changed something and that is one of `rows`, SQL over records
 * of the audit, as the first record of the row tells it before and the last one after:
 *
 * - `row_no`, `user_id`, `who`; `kind`: what undoes it, `delete`, `restore` or `update`; `turned_at`: when the batch made,
 *   restored or deleted the user
 * - `before`: the fields before; `touched`: those that changed, with the values that the batch left; `left_fields`: those
 *   that have to be as the batch left them, null of a user whom it made and nobody has changed yet; `whole`: these are all
 * - `former_roles`, `left_roles`: directory roles, null where the batch did not change them
 * - `given_back`, `plans`, `taken_back`: licenses to assign with their plans, and to remove
 * - `left_licenses`, `left_skus`, `left_without`: licenses as the batch left them
 */
export function undoneRecordsSql(customerId: string, undone: UndoneBatch, rows: SqlText): SqlText {
  return sql`
select row_no, user_id, who, kind, turned_at, before, touched, former_roles, left_roles, whole,
  case kind when 'restore' then '{}' when 'update' then touched else nullif(after, '{}') end as left_fields,
  license.*
from (
  select *, case when before = '{}' then '{}' else (
      select coalesce(jsonb_object_agg(key, after -> key), '{}') from jsonb_object_keys(before || after) key
      where before -> key is distinct from after -> key) end as touched
  from (
    select row_no, user_id, who, case when turn = 'delete_customer_user' then 'restore' when turn is null then 'update' else 'delete' end as kind,
      turned_at, turn = 'create_customer_user' or fields_before is not null as whole,
      coalesce(fields_before, '{}') || coalesce(name_before, '{}') - 'deletedAt' as before,
      coalesce(fields_after, '{}') || coalesce(name_after, '{}') as after,
      former_roles, coalesce(left_roles, case when turn = 'create_customer_user' then '[]'::jsonb end) as left_roles,
      licenses_before, licenses_after
    from (
      select row_no, ${last("user_id", sql`true`)} as user_id, ${last("who", sql`true`)} as who, ${last("operation", turns)} as turn,
        max(at) filter (where ${turns}) as turned_at,
        ${first("before", compared)} as fields_before, ${last("after - '{roles,added}'::text[]", wrote)} as fields_after,
        ${first("before", renamed)} as name_before, ${last("after", renamed)} as name_after,
        ${first("before -> 'roles'", roles)} as former_roles, ${last("after -> 'roles'", roles)} as left_roles,
        ${all("before", licensed)} as licenses_before, ${all("after", licensed)} as licenses_after
      from (
        select id, at, row_no, user_id, operation, who, case when ${told} then before::jsonb end as before,
          case when ${told} then after::jsonb end as after
        from audit left join lateral (
          select user_principal_name as who, version from users where users.id = user_id offset 0) users on true
        where batch_id = ${undone.id} and at >= ${undone.createdAt} and status = 'succeeded' and user_id is not null
          and row_no is not null and ${rows} and (${turns} or ${wrote} or ${renamed} or ${changedRoles} or ${changedLicenses})
        offset 0 -- so that each record is read as JSON once, and not for each of the values above
      ) records group by row_no
    ) summed
  ) named
) compared
cross join lateral (
  -- Neither in order nor each one once: Postgres would begin a sort for each row.
  select array_agg(sku_id) filter (where had) as given_back,
    jsonb_object_agg(sku_id, former_plans) filter (where had) as plans,
    array_agg(sku_id) filter (where not had) as taken_back,
    jsonb_object_agg(sku_id, left_plans) filter (where has) as left_licenses,
    jsonb_agg(sku_id) filter (where has) as left_skus,
    jsonb_agg(sku_id) filter (where not has) as left_without
  from (${linesSql(customerId)}) line
  where kind <> 'restore' and coalesce(licenses_before, licenses_after) is not null
) license`;
}

/**
 * SQL for the licenses that the records of one row changed. A change of licenses records all of them before and after; who
 * is made gets theirs by part number; a change of service plans alone names one.
 */
const linesSql = (customerId: string) => sql`
select coalesce(former.one ->> 'skuId', now.one ->> 'skuId')::uuid as sku_id, former.one is not null as had,
  former.one -> 'disabledPlans' as former_plans, now.one is not null as has, now.one -> 'disabledPlans' as left_plans
from jsonb_array_elements(licenses_before[1] -> 'licenses') former (one)
full join jsonb_array_elements(licenses_after[cardinality(licenses_after)] -> 'licenses') now (one)
  on now.one ->> 'skuId' = former.one ->> 'skuId'
where licenses_before[1] ? 'licenses' and former.one -> 'disabledPlans' is distinct from now.one -> 'disabledPlans'
union all
select product.sku_id, false, null, true, null
from unnest(licenses_after) record cross join jsonb_array_elements_text(record -> 'added') part
join products product on product.customer_id = ${customerId} and product.sku_part_number = part
union all
select (former ->> 'skuId')::uuid, true, former -> 'disabledPlans', true, now -> 'disabledPlans'
from unnest(licenses_before, licenses_after) changed (former, now) where former ? 'skuId'`;
