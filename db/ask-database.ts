import type { Database } from "./open-database.ts";

/** Waits for an answer of the database, whatever it is. @throws what the driver throws where none comes */
export async function askDatabase({ sql }: Pick<Database, "sql">): Promise<void> {
  await sql`select 1`;
}
