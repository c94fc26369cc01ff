import { sql, type SqlText } from "../../../db/sql-text.ts";
import { sameFieldsSql } from "../../sql/user-columns.ts";
import { inputColumns } from "./input-columns.ts";

/**
 * SQL that is true where the user `user` is in all that the row `input` asks for: text fields, sign-in, roles and
 * licenses. What the row leaves open has no say.
 */
export function matchesSql(input: string, user: string): SqlText {
  return sql`(${sameFieldsSql(input, user)} and ${sameRolesSql(input, user)} and ${sameLicensesSql(input, user)})`;
}

/** SQL that is true where the row leaves the roles open, or the user holds exactly those. */
export function sameRolesSql(input: string, user: string): SqlText {
  const userId = sql.unsafe(`${user}.id`);
  const { roles } = inputColumns(input);
  return sql`(${roles} is null or ${roles} = coalesce(
    (select array_agg(held.role order by held.role) from role_assignments held where held.user_id = ${userId}), '{}'))`;
}

/** SQL that is true where the user holds every license that the row names, with the plans that it names. */
export function sameLicensesSql(input: string, user: string): SqlText {
  const userId = sql.unsafe(`${user}.id`);
  const { skuIds, plans } = inputColumns(input);
  return sql`(cardinality(${skuIds}) = 0 or (
    ${skuIds} <@ coalesce(
      (select array_agg(held.sku_id) from license_assignments held where held.user_id = ${userId}), '{}')
    and (${plans} is null or not exists (
      select from license_assignments held
      where held.user_id = ${userId} and ${plans} ? held.sku_id::text
        and to_jsonb(held.disabled_plans) <> ${plans} -> held.sku_id::text))))`;
}
