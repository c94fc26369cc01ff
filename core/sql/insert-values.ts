import type { Tx } from "../../db/in-transaction.ts";

/** Inserts a few rows, each with a value for every one of `columns`. */
export async function insertValues(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: readonly unknown[][],
): Promise<void> {
  const places = rows.map(
    (_, at) => `(${columns.map((__, column) => `$${at * columns.length + column + 1}`).join(", ")})`,
  );
  await tx.rows(`insert into ${table} (${columns.join(", ")}) values ${places.join(", ")}`, rows.flat());
}
