import type { Tx } from "../../db/in-transaction.ts";
import { sql } from "../../db/sql-text.ts";

/** A value of a small insert; U+0000 in a text becomes U+FFFD, as it does in a COPY. */
type Value = string | readonly string[] | Buffer | null;

/** Inserts a few rows, each with a value for every one of `columns`. */
export async function insertValues(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: readonly Value[][],
): Promise<void> {
  const lines = rows.map((row) => {
    const values = row.map((value) => sql`${withoutNul(value)}`);
    return sql`(${sql.join(values, ", ")})`;
  });
  const names = sql.unsafe(columns.join(", "));
  await tx.rows(sql`insert into ${sql.unsafe(table)} (${names}) values ${sql.join(lines, ", ")}`);
}

function withoutNul(value: Value): Value {
  if (typeof value === "string") return value.replaceAll("\0", "\uFFFD");
  return Array.isArray(value) ? value.map((text: string) => text.replaceAll("\0", "\uFFFD")) : value;
}
