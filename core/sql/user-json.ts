import { sql, type SqlText } from "../../db/sql-text.ts";
import { textFieldNames } from "../../contract/fields.ts";
import { userColumns } from "./user-columns.ts";

const fields = [
  ...textFieldNames.map((field) => [field, userColumns[field]] as const),
  ["accountEnabled", "account_enabled"] as const,
];

/** SQL for the audit's picture of the user in `row`: its fields by name, and the moment of deletion where that is asked for; none that is empty. */
export function userJsonSql(row: string, asked: { deletedAt?: boolean } = {}): SqlText {
  const named = asked.deletedAt === true ? [...fields, ["deletedAt", "deleted_at"] as const] : fields;
  const pairs = named.map(([field, column]) => `'${field}', ${row}.${column}`);
  return sql`json_strip_nulls(json_build_object(${sql.unsafe(pairs.join(", "))}))`;
}
