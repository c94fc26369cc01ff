import type { Authority } from "../../access/authority/authority.ts";
import { mayReadSql } from "../../access/authority/may-read-sql.ts";
import type { CoreContext } from "../../context.ts";

/** Gives those of the batches that `authority` may see. */
export async function readableBatches(
  context: CoreContext,
  authority: Authority,
  batchIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (batchIds.length === 0) return new Set();
  const { sql } = context.db;
  const found = await sql<{ id: string }[]>`
    select id from batches
    where id = any(${[...batchIds]}::uuid[]) and ${mayReadSql(context, authority, sql`customer_id`, "grant")}`;
  return new Set(found.map(({ id }) => id));
}
