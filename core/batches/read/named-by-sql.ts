import type { Database } from "../../../db/open-database.ts";

/** SQL that is true of a row of `table` that has `q` in the name of its file, or as its number; without `q`, of all. */
export function namedBySql(sql: Database["sql"], table: "batches" | "bundles", q: string | undefined) {
  if (q === undefined || q === "") return sql`true`;
  const of = sql.unsafe(table);
  return sql`(position(lower(${q}) in lower(coalesce(${of}.file_name, ''))) > 0 or ${of}.no::text = ${q})`;
}
