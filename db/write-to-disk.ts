import { inTransaction } from "./in-transaction.ts";
import type { Database } from "./open-database.ts";
import { sql } from "./sql-text.ts";

/** Has Postgres write a little to its disk and keep nothing of it. @throws what `inTransaction` throws; 53100 where the disk is full */
export async function writeToDisk({ pool }: Pick<Database, "pool">): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.rows(sql`set local work_mem = '64kB'`);
    await tx.rows(spillSql);
  });
}

/** Sorts a little more than fits into that memory. */
const spillSql = sql`
  select max(item) from (select md5(no::text) as item from generate_series(1, 10000) no order by 1 offset 0) sorted`;
