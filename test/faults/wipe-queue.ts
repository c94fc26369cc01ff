import { Redis } from "ioredis";
import { inTransaction } from "../../db/in-transaction.ts";
import type { Database } from "../../db/open-database.ts";
import { installationName } from "../../core/installation-name.ts";
import { redisUrl } from "../support/queue-backends.ts";
import { sql } from "../../db/sql-text.ts";

/** Removes all that the queue holds: its keys on Redis, on Postgres its rows or, when `drop` says so, its very tables. */
export async function wipeQueue(db: Database, { drop }: { drop: boolean }): Promise<void> {
  if (redisUrl !== undefined) return await removeKeys(redisUrl, `${await installationName(db)}*`);
  if (drop) {
    // Of a drop and the workers' statements one may have to give way, and it can as well be the drop.
    await inTransaction(db.pool, (tx) => tx.rows(sql`drop schema bullmq cascade`));
    return;
  }
  const tables = await db.sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'`;
  await db.pool.query(`truncate ${tables.map(({ name }) => `bullmq."${name}"`).join(", ")}`);
}

async function removeKeys(url: string, pattern: string): Promise<void> {
  const redis = new Redis(url);
  const keys = await redis.keys(pattern);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
}
