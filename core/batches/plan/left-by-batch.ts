import { textFieldNames } from "../../../contract/fields.ts";
import { sql } from "../../../db/sql-text.ts";
import { columnName } from "../../sql/user-columns.ts";
import { inputColumns } from "../work-rows/input-columns.ts";

/**
 * What the picture of a row of an undo holds: what is to become of the user, and what the undone batch left there.
 *
 * - `undo`: `delete`, `restore` or `update`
 * - `left`: the fields that it wrote, by name; all fields of a user that it made
 * - `roles`: the directory roles that it left, where it wrote any
 * - `licenses`: those that it gave or changed, with the service plans that are off, or null where the audit does not tell
 * - `without`: those that it took away
 * - `only`: it made the user, who had no other license
 */
const { picture } = inputColumns("input");

/** SQL for what a row `input` of an undo makes of its user. */
export const undoSql = sql`(${picture} ->> 'undo')`;

/** SQL for the fields that the undone batch left, by name. */
export const leftSql = sql`(${picture} -> 'left')::jsonb`;

/** SQL for the fields that the user `users` has now, by name. */
export const currentSql = sql`jsonb_build_object(${sql.unsafe(
  [...textFieldNames, "accountEnabled"].map((field) => `'${field}', users.${columnName(field)}`).join(", "),
)})`;

/** SQL that is true where the user `users` is deleted, and the undone batch did not do it. */
export const deletedSinceSql = sql`(users.deleted_at is not null and ${undoSql} <> 'restore')`;

/** SQL that is true where the user `users` holds other roles than the undone batch left. */
export const otherRolesSql = sql`coalesce((${picture} -> 'roles')::jsonb <> (
  select coalesce(jsonb_agg(held.role order by held.role), '[]') from role_assignments held
  where held.user_id = users.id), false)`;

const licensesSql = sql`json_to_recordset(${picture} -> 'licenses') given ("skuId" uuid, plans jsonb)`;

/** SQL that is true where the user `users` holds other licenses than the undone batch left. */
export const otherLicensesSql = sql`(${picture} -> 'licenses' is not null and (
  exists (
    select from ${licensesSql} left join lateral (
      select disabled_plans from license_assignments where user_id = users.id and sku_id = given."skuId" offset 0
    ) held on true
    where held.disabled_plans is null or to_jsonb(held.disabled_plans) <> given.plans)
  or exists (
    select from license_assignments held where held.user_id = users.id
      and ((${picture} -> 'without')::jsonb ? held.sku_id::text or (${picture} ->> 'only')::boolean
        and held.sku_id not in (select given."skuId" from ${licensesSql})))))`;

/** SQL that is true where the user `users` is as the undone batch left it. */
export const asLeftSql = sql`(not ${deletedSinceSql} and ${currentSql} @> ${leftSql} and not ${otherRolesSql}
  and not ${otherLicensesSql})`;
