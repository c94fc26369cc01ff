import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as migrateOrm } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import { asFault } from "./faults.ts";

// Any number that nothing else in this database locks on.
const MIGRATION_LOCK = 7_305_112_018;

/** Brings the database at `url` to the newest schema; of several processes that call it at once, one works and the others wait. */
export async function migrate(url: string): Promise<void> {
  const client = new Client({ connectionString: url, application_name: "muster migrate" });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query("set client_min_messages = warning");
    await migrateOrm(drizzle(client), { migrationsFolder: fileURLToPath(new URL("./migrations", import.meta.url)) });
  } catch (error) {
    throw asFault(error);
  } finally {
    await client.end().catch(() => {});
  }
}
