import { fieldLabel, textFieldNames } from "../../../contract/fields.ts";
import { directoryRoles } from "../../../contract/permissions.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";

const fields = [...textFieldNames, "accountEnabled" as const];
const labels = fields.map(fieldLabel);
const roleNames = Object.keys(directoryRoles);
const roleLabels = Object.values(directoryRoles).map(({ label }) => label);

/** SQL for what a line of `undoneRecordsSql` puts back, as people read it in the row. */
export function undoneWordsSql(customerId: string): SqlText {
  return sql`case kind when 'delete' then ${"Delete the user"} when 'restore' then ${"Restore the user"} else concat_ws('; ',
    (select string_agg(label || ': ' || coalesce(before ->> name, ${"(empty)"}), '; ' order by place)
      from unnest(${fields}::text[], ${labels}::text[]) with ordinality field (name, label, place) where touched ? name),
    case when former_roles is not null then ${fieldLabel("permission")} || ': ' || coalesce(
      (select string_agg(label, ', ' order by label) from unnest(${roleNames}::text[], ${roleLabels}::text[]) role (name, label)
        where former_roles ? name), ${"User"}) end,
    ${fieldLabel("licenses")} || ': ' || ${productsSql(customerId, sql`given_back`)},
    ${fieldLabel("removeLicenses")} || ': ' || ${productsSql(customerId, sql`taken_back`)}) end`;
}

const productsSql = (customerId: string, skuIds: SqlText) => sql`(
  select string_agg(name, ', ' order by name) from products where customer_id = ${customerId} and sku_id = any(${skuIds}))`;
