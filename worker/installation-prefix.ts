import { newId } from "../db/new-id.ts";
import type { Database } from "../db/open-database.ts";

/**
 * The prefix of this installation's keys on Redis. It is made once and lies in the database, so two installations on one
 * Redis never take each other's jobs, and processes that spell the database's address differently still meet.
 */
export async function installationPrefix(db: Database): Promise<string> {
  await db.sql`insert into installation (name, value) values ('queuePrefix', ${`muster-${newId()}`}) on conflict do nothing`;
  const [row] = await db.sql<{ value: string }[]>`select value from installation where name = 'queuePrefix'`;
  return row?.value ?? "muster";
}
