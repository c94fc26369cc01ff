import { textFieldNames } from "../../../contract/fields.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { columnName } from "../../sql/user-columns.ts";
import { inputColumns } from "../work-rows/input-columns.ts";

const { picture } = inputColumns("input");

/**
 * SQL for inputs of an undo with their picture as `undo`, taken apart once for each row. It holds what is to become of the
 * user, and what the undone batch left there:
 *
 * - `undo`: `delete`, `restore` or `update`
 * - `left`: the fields that it wrote, by name; of a user that it made all that are not empty, and their number as `filled`
 * - `roles`: the directory roles that it left, where it wrote any
 * - `skus`: the products of all licenses of a user that it made
 * - `licenses`: those of other users that it gave or changed, with the service plans that are off, or null where the audit does
 *   not tell; `without`: those that it took away
 */
export function undoInputsSql(inputs: SqlText): SqlText {
  return sql`(select *, ${picture}::jsonb as undo from ${inputs} input offset 0)`;
}

const fields = [...textFieldNames, "accountEnabled"];
const columns = fields.map((field) => `users.${columnName(field)}`);

/** SQL for what a row `input` of an undo makes of its user. */
export const undoSql = sql`(input.undo ->> 'undo')`;

const currentSql = sql`jsonb_build_object(${sql.unsafe(fields.map((field, at) => `'${field}', ${columns[at]}`).join(", "))})`;
const filledSql = sql`num_nonnulls(${sql.unsafe(columns.join(", "))})`;
const otherFieldsSql = sql`(not ${currentSql} @> (input.undo -> 'left')
  or ${filledSql} <> coalesce((input.undo ->> 'filled')::int, ${filledSql}))`;

/** SQL for the fields of the user `users` that are no longer as the undone batch left them, by name. */
export const changedFieldsSql = sql`select key from jsonb_each(${currentSql})
  where case when input.undo -> 'left' ? key then value <> input.undo -> 'left' -> key
    else input.undo ? 'filled' and value <> 'null' end`;

/** SQL that is true where the user `users` is deleted, and the undone batch did not do it. */
export const deletedSinceSql = sql`(users.deleted_at is not null and ${undoSql} <> 'restore')`;

/** SQL that is true where the user `users` holds other roles than the undone batch left. */
export const otherRolesSql = sql`(input.undo ? 'roles' and input.undo -> 'roles' <> (
  select coalesce(jsonb_agg(held.role order by held.role), '[]') from role_assignments held
  where held.user_id = users.id))`;

/** SQL that is true where the user `users` holds other licenses than the undone batch left. */
export const otherLicensesSql = sql`case
  when input.undo ? 'skus' then input.undo -> 'skus' <> (
    select coalesce(jsonb_agg(held.sku_id order by held.sku_id::text), '[]') from license_assignments held
    where held.user_id = users.id)
  when input.undo ? 'licenses' then exists (
      select from jsonb_each(input.undo -> 'licenses') given left join lateral (
        select disabled_plans from license_assignments where user_id = users.id and sku_id = given.key::uuid offset 0
      ) held on true
      where held.disabled_plans is null or given.value <> 'null' and to_jsonb(held.disabled_plans) <> given.value)
    or exists (
      select from license_assignments held where held.user_id = users.id and input.undo -> 'without' ? held.sku_id::text)
  else false end`;

/** SQL that is true where the user `users` is as the undone batch left it. */
export const asLeftSql = sql`(not ${deletedSinceSql} and not ${otherFieldsSql} and not ${otherRolesSql}
  and not ${otherLicensesSql})`;
