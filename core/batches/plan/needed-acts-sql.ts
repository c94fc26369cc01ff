import { comparedFields, userColumns } from "../../sql/user-columns.ts";
import { sameLicensesSql, sameRolesSql } from "../work-rows/matches-sql.ts";

const basicColumns = comparedFields.filter((field) => field !== "usageLocation").map((field) => userColumns[field]);

/** SQL that is true where the row gives one of the columns another value than the user has, or empties one. */
const changes = (...columns: string[]) =>
  `(${columns.map((column) => `(row.${column} is not null and row.${column} is distinct from target.${column}) or ('${column}' = any(row.cleared) and target.${column} is not null)`).join(" or ")})`;

/**
 * SQL for what the rows of `rows` need: a line for each row and act, with the field that it is about and whether the
 * target is guarded by a role that is not in `open`. Each row has `plan`, `user_id` and what it asks for, and its batch is
 * about `operation`. A row of a create or an update needs what it really changes, any other the operation itself.
 */
export function neededActsSql(rows: string, operation: string, open: string): string {
  return `
select row.row_no, row.user_id, need.act, need.field, need.place,
  exists (select from role_assignments held where held.user_id = row.user_id and held.role <> all(${open})) as guarded
from ${rows} row
left join lateral (
  select * from users where users.id = row.user_id
  offset 0 -- one index probe a row: a hash join would read the whole directory
) target on true
cross join lateral (values
  (1, ${operation}, 'userPrincipalName', ${operation} not in ('createUsers', 'updateUsers')),
  (2, 'createUsers', null, row.plan = 'create'),
  (3, 'restoreUsers', 'userPrincipalName', row.plan = 'restore'),
  (4, 'changePermissions', 'permission', case when target.id is null then coalesce(cardinality(row.roles) > 0, false)
    else not ${sameRolesSql("row", "target")} end),
  (5, 'changeSignIn', 'accountEnabled', target.id is not null and (${changes("account_enabled")}
    or coalesce(row.new_name <> target.user_principal_name, false))),
  (6, 'updateUsers', null, target.id is not null and ${changes(...basicColumns)}),
  (7, 'setUsageLocation', 'usageLocation', target.id is not null and ${changes("usage_location")}),
  (8, 'changeLicenses', 'licenses', target.id is not null and not ${sameLicensesSql("row", "target")})
) need (place, act, field, wanted)
where need.wanted`;
}
