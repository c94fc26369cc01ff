import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate as migrateOrm } from "drizzle-orm/node-postgres/migrator";
import type { Client } from "pg";
import { onConnection } from "./on-connection.ts";

// Any number that nothing else in this database locks on.
const MIGRATION_LOCK = 7_305_112_018;

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/** How many migrations of this program a database is short of, and how many it has that this program does not know. */
export type SchemaStanding = { missing: number; newer: number };

/** Compares the schema of the database at `url` with this program's. */
export async function schemaStanding(url: string): Promise<SchemaStanding> {
  return await onConnection(url, readStanding);
}

/** Makes sure that every migration has run, where the role in `url` may run none. @throws Error of one sentence, as `migrate` does */
export async function assertMigrated(url: string): Promise<void> {
  const standing = await schemaStanding(url);
  refuseNewer(standing);
  if (standing.missing === 0) return;
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
    refuseNewer(await readStanding(client));
    await migrateOrm(drizzle(client), { migrationsFolder });
  });
}

/** An older program would answer wrongly, and write what the newer one does not expect. */
function refuseNewer({ newer }: SchemaStanding): void {
  if (newer === 0) return;
  throw new Error(
    `The database is newer than this Muster, by ${newer} ${newer === 1 ? "change" : "changes"} of its schema: start the newer version, or restore the backup from before it.`,
  );
}

/** When the newest migration that this program knows was made, in ms. */
export function knownSchema(): number {
  return Math.max(...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis));
}

/** When the newest migration that the database at `url` has was made, in ms; 0 where it has none. */
export async function appliedSchema(url: string): Promise<number> {
  return Math.max(0, ...(await onConnection(url, appliedMigrations)).map(({ at }) => at));
}

async function readStanding(client: Client): Promise<SchemaStanding> {
  const known = readMigrationFiles({ migrationsFolder });
  const latest = knownSchema();
  const applied = await appliedMigrations(client);
  const hashes = new Set(applied.map(({ hash }) => hash));
  return {
    missing: known.filter(({ hash }) => !hashes.has(hash)).length,
    newer: applied.filter(({ at }) => at > latest).length,
  };
}

/** The migrations that have run, each with the time at which it was made; none where the database is new. */
async function appliedMigrations(client: Client): Promise<{ hash: string; at: number }[]> {
  const found = await client.query<{ name: string | null }>(
    "select to_regclass('drizzle.__drizzle_migrations') as name",
  );
  if (found.rows[0]?.name === null) return [];
  const { rows } = await client.query<{ hash: string; at: number }>(
    "select hash, created_at::float8 as at from drizzle.__drizzle_migrations",
  );
  return rows;
}
