import type { Tx } from "../../db/in-transaction.ts";

/**
 * Runs statements about all rows of a batch without nested loops, but for those that a lateral join asks for. Once the
 * statistics list the batches that are there, Postgres takes a new one for a batch of a single row; a loop over two parts of
 * it then looks at every row for every row (100,000 rows: not done in 12 minutes, against half a second).
 */
export async function withoutLoops<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
  if (tx.small) return await work();
  const [, result] = await tx.together(
    () => tx.rows("set local enable_nestloop = off"),
    work,
    () => tx.rows("set local enable_nestloop to default"),
  );
  return result;
}
