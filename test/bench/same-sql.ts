import { Client, type Pool } from "pg";
import type { User } from "../../contract/user.ts";
import type { CoreContext } from "../../core/context.ts";
import { listUsers, type UserQuery } from "../../core/directory/users/list-users.ts";
import type { Database } from "../../db/open-database.ts";
import { pageRows } from "../../ui/users/user-queries.ts";
import { medianMs } from "./median.ts";

type Statement = { text: string; values: unknown[] };

/** A page of users as the api gives it, and the statements that it takes. */
export type ListedUsers = { items: User[]; next: string | null; statements: Statement[] };

/** Lists active users as the api does for the page, and keeps the statements, so that what a page is compared with is never another query. */
export async function listedUsers(db: Database, customerId: string, query: Partial<UserQuery>): Promise<ListedUsers> {
  const asked: UserQuery = { state: "active", limit: pageRows, count: false, ...query };
  const statements: Statement[] = [];
  const pool = Object.assign(Object.create(db.pool) as Pool, {
    query: async (text: string, values: unknown[]) => {
      statements.push({ text, values });
      return await db.pool.query(text, values);
    },
  });
  const { items, next } = await listUsers({ db: { ...db, pool } } as CoreContext, customerId, asked);
  return { items, next, statements };
}

/** Median milliseconds of `statements`, one after the other on a plain connection. */
export async function sqlMs(url: string, tries: number, statements: readonly Statement[]): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await medianMs(tries, async () => {
      for (const { text, values } of statements) await client.query(text, values);
    });
  } finally {
    await client.end();
  }
}
