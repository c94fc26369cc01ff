import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate as migrateOrm } from "drizzle-orm/node-postgres/migrator";
import type { Client } from "pg";
import { onConnection } from "./on-connection.ts";

// Any number that nothing else in this database locks on.
const MIGRATION_LOCK = 7_305_112_018;

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/** How many migrations of this program the database at `url` is short of, and how many it has that this program does not know. */
export async function schemaStanding(url: string): Promise<{ missing: number; newer: number }> {
  return await onConnection(url, async (client) => {
    const applied = await appliedHashes(client);
    const known = readMigrationFiles({ migrationsFolder }).map(({ hash }) => hash);
    return { missing: known.filter((hash) => !applied.has(hash)).length, newer: await countNewer(client) };
  });
}

/** Makes sure that every migration has run, where the role in `url` may run none. @throws Error of one sentence, as `migrate` does */
export async function assertMigrated(url: string): Promise<void> {
  const applied = await onConnection(url, async (client) => {
    await refuseNewer(client);
    return await appliedHashes(client);
  });
  if (readMigrationFiles({ migrationsFolder }).every(({ hash }) => applied.has(hash))) return;
  throw new Error(
    "The database is on an older schema, and the role in DATABASE_URL may not change it: run `migrate` with DATABASE_OWNER_URL first.",
  );
}

/**
 * Brings the database at `url` to the newest schema; of several processes that call it at once, one works and the others wait.
 * @throws Error of one sentence where the database is newer than this program
 */
export async function migrate(url: string): Promise<void> {
  await onConnection(url, async (client) => {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query("set client_min_messages = warning");
    await refuseNewer(client);
    await migrateOrm(drizzle(client), { migrationsFolder });
  });
}

/** An older program would answer wrongly, and write what the newer one does not expect. */
async function refuseNewer(client: Client): Promise<void> {
  const newer = await countNewer(client);
  if (newer === 0) return;
  throw new Error(
    `The database is newer than this Muster, by ${newer} ${newer === 1 ? "change" : "changes"} of its schema: start the newer version, or restore the backup from before it.`,
  );
}

/** The migrations that have run; none where the database is new. */
async function appliedHashes(client: Client): Promise<Set<string>> {
  if (!(await wasMigrated(client))) return new Set();
  const { rows } = await client.query<{ hash: string }>("select hash from drizzle.__drizzle_migrations");
  return new Set(rows.map(({ hash }) => hash));
}

async function wasMigrated(client: Client): Promise<boolean> {
  const found = await client.query<{ name: string | null }>(
    "select to_regclass('drizzle.__drizzle_migrations') as name",
  );
  return found.rows[0]?.name !== null;
}

async function countNewer(client: Client): Promise<number> {
  if (!(await wasMigrated(client))) return 0;
  const known = Math.max(...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis));
  const { rows } = await client.query<{ newer: number }>(
    "select count(*)::int as newer from drizzle.__drizzle_migrations where created_at > $1",
    [known],
  );
  return rows[0]?.newer ?? 0;
}
