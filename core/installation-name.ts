import { newId } from "../db/new-id.ts";
import type { Database } from "../db/open-database.ts";

/**
 * The name of this installation, which keeps what it has elsewhere apart from what another one has there. It is made once and
 * lies in the database, so that processes that spell the database's address differently still meet.
 */
export async function installationName({ sql }: Pick<Database, "sql">): Promise<string> {
  // The queue on Redis was the first to need it, and its keys still begin with it.
  await sql`insert into installation (name, value) values ('queuePrefix', ${`muster-${newId()}`}) on conflict do nothing`;
  const [row] = await sql<{ value: string }[]>`select value from installation where name = 'queuePrefix'`;
  return row?.value ?? "muster";
}
