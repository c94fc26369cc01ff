import type { Tx } from "../../db/in-transaction.ts";

/** A value of a small insert; U+0000 in a text becomes U+FFFD, as it does in a COPY. */
type Value = string | readonly string[] | Buffer | null;

/** Inserts a few rows, each with a value for every one of `columns`. */
export async function insertValues(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: readonly Value[][],
): Promise<void> {
  const places = rows.map(
    (_, at) => `(${columns.map((__, column) => `$${at * columns.length + column + 1}`).join(", ")})`,
  );
  await tx.rows(
    `insert into ${table} (${columns.join(", ")}) values ${places.join(", ")}`,
    rows.flatMap((row) => row.map(withoutNul)),
  );
}

function withoutNul(value: Value): Value {
  if (typeof value === "string") return value.replaceAll("\0", "\uFFFD");
  return Array.isArray(value) ? value.map((text: string) => text.replaceAll("\0", "\uFFFD")) : value;
}
