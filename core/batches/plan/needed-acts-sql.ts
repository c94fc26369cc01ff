import type { TextField } from "../../../contract/fields.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { columnName, comparedFields } from "../../sql/user-columns.ts";
import { sameLicensesSql, sameRolesSql } from "../work-rows/matches-sql.ts";
import { workColumns } from "../work-rows/work-table.ts";

const basicFields = comparedFields.filter((field) => field !== "usageLocation");
const row = workColumns("row");

const sameRoles = sameRolesSql("row", "target");
const sameLicenses = sameLicensesSql("row", "target");

/** SQL that is true where the row gives one of the columns another value than the user has, or empties one. */
const changes = (...fields: (TextField | "accountEnabled")[]) => sql`(${sql.join(fields.map(changesOne), " or ")})`;

function changesOne(field: TextField | "accountEnabled"): SqlText {
  const column = sql.unsafe(columnName(field));
  return sql`(${row[field]} is not null and ${row[field]} is distinct from target.${column})
    or ('${column}' = any(${row.cleared}) and target.${column} is not null)`;
}

/**
 * SQL for what the rows of `rows` need: a line for each row and act, with the field that it is about and whether the
 * target is guarded by a role that is not in `open`. Each row has `plan`, `user_id` and what it asks for, and its batch is
 * about `operation`. A row of a create, an
 * update or an undo needs what it really changes, any other the operation itself.
 */
export function neededActsSql(rows: SqlText, operation: string, open: readonly string[]): SqlText {
  return sql`
select ${row.rowNo}, ${row.userId}, need.act, need.field, need.place,
  exists (select from role_assignments held
    where held.user_id = ${row.userId} and held.role <> all(${open}::text[])) as guarded
from ${rows} row
left join lateral (
  select * from users where users.id = ${row.userId}
  offset 0 -- one index probe a row: a hash join would read the whole directory
) target on true
cross join lateral (values
  (1, ${operation}::text, 'userPrincipalName', ${operation}::text not in ('createUsers', 'updateUsers', 'undoBatch')),
  (2, 'createUsers', null, ${row.plan} = 'create'),
  (3, 'restoreUsers', 'userPrincipalName', ${row.plan} = 'restore'),
  (4, 'changePermissions', 'permission', case when target.id is null then coalesce(cardinality(${row.roles}) > 0, false)
    else not ${sameRoles} end),
  (5, 'changeSignIn', 'accountEnabled', target.id is not null and (${changes("accountEnabled")}
    or coalesce(${row.newName} <> target.user_principal_name, false))),
  (6, 'updateUsers', null, target.id is not null and ${changes(...basicFields)}),
  (7, 'setUsageLocation', 'usageLocation', target.id is not null and ${changes("usageLocation")}),
  (8, 'changeLicenses', 'licenses', target.id is not null and (not ${sameLicenses}
    or ${operation}::text = 'undoBatch' and ${row.removedSkuIds} <> '{}')),
  (9, 'deleteUsers', 'userPrincipalName', ${operation}::text = 'undoBatch' and ${row.plan} = 'delete')
) need (place, act, field, wanted)
where need.wanted`;
}
