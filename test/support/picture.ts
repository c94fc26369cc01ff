import type { Database } from "../../db/open-database.ts";
import { eventually } from "./eventually.ts";

/** What counts requests and processes, and says nothing of what was done. */
const bookkeeping = ["idempotency_keys", "rate_limits", "request_counts", "attempts", "workers", "sessions"];

/**
 * Everything that stands in the database: the number of rows of each table and a hash of them; `atRest`: once nothing is
 * under way. Batches that were rejected are left out, because they hold no row.
 */
export async function pictureOf({ sql }: Database, { atRest }: { atRest: boolean }): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' and not tablename = any(${bookkeeping})
    order by tablename`;
  await eventually(async () => {
    if (!atRest) return;
    const busy = await sql`
      select from batches where state in ('staging', 'running')
      union all select from names_due`;
    if (busy.length > 0) throw new Error("something is under way still");
  });
  const pictures = await Promise.all(
    tables.map(async ({ name }) => {
      const [found] = await sql<{ text: string }[]>`
        select count(*) || ' ' || coalesce(sum(hashtextextended((to_jsonb(one) - 'last_used_at')::text, 0)), 0) as text
        from ${sql.unsafe(name)} one where coalesce(to_jsonb(one) ->> 'state', '') <> 'rejected'`;
      return [name, found?.text ?? ""] as const;
    }),
  );
  return Object.fromEntries(pictures);
}
