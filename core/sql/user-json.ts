import { sql, type SqlText } from "../../db/sql-text.ts";
import { textFieldNames } from "../../contract/fields.ts";
import { userColumns } from "./user-columns.ts";

const fields = [
  ...textFieldNames.map((field) => [field, userColumns[field]] as const),
  ["accountEnabled", "account_enabled"] as const,
];

/** SQL for the audit's picture of the user in `row`: its fields by name, without those that are empty. */
export function userJsonSql(row: string): SqlText {
  const pairs = fields.map(([field, column]) => `'${field}', ${row}.${column}`);
  return sql`json_strip_nulls(json_build_object(${sql.unsafe(pairs.join(", "))}))`;
}
