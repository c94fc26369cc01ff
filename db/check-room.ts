import type { Log } from "./log.ts";
import { onConnection } from "./on-connection.ts";

/** How many connections something lets this role open, and how many of them are open. */
type Limit = { setBy: LimitSource; name: string; most: number; open: number };

type LimitSource = "server" | "role" | "database";

const sourceTexts: Record<LimitSource, (name: string) => string> = {
  server: () => "max_connections",
  role: (name) => `the connection limit of the role "${name}"`,
  database: (name) => `the connection limit of the database "${name}"`,
};

/**
 * Holds the `needed` connections that a process may open against what the Postgres at `url` takes, and logs a warning where
 * so many are not free just now.
 * @throws Error of one sentence where they would not be if nobody else had any
 */
export async function checkRoom(url: string, needed: number, log: Log): Promise<void> {
  const limits = await readLimits(url);
  const tight = limits.find(({ most }) => most < needed);
  if (tight !== undefined) {
    throw new Error(
      `This process may open ${needed} connections to Postgres, and ${sourceOf(tight)} lets it have ${tight.most}: raise that; docs/operations.md says what needs how many.`,
    );
  }
  for (const limit of limits) {
    const { most, open } = limit;
    if (most - open >= needed) continue;
    log.warn(
      { needed, most, open },
      `This process may open ${needed} connections to Postgres, and of the ${most} that ${sourceOf(limit)} allows ${Math.max(0, most - open)} are free: raise that, or run fewer processes`,
    );
  }
}

function sourceOf({ setBy, name }: Limit): string {
  return sourceTexts[setBy](name);
}

async function readLimits(url: string): Promise<Limit[]> {
  return await onConnection(url, async (client) => (await client.query<Limit>(limitsSql)).rows);
}

// What others are is hidden from an ordinary role, but not that they are there. No limit but the first holds for superusers.
const limitsSql = `
with me as (select oid, rolname, rolsuper, rolconnlimit from pg_roles where rolname = current_user),
here as (select oid, datname, datconnlimit from pg_database where datname = current_database()),
others as (
  select usesysid, datid from pg_stat_activity
  where usesysid is not null and coalesce(backend_type, 'client backend') = 'client backend' and pid <> pg_backend_pid()
)
select 'server' as "setBy", '' as name,
  current_setting('max_connections')::int - case when rolsuper then 0 else
    current_setting('superuser_reserved_connections')::int
    + coalesce(nullif(current_setting('reserved_connections', true), '')::int, 0) end as most,
  (select count(*)::int from others) as open
from me
union all
select 'role', rolname, rolconnlimit, (select count(*)::int from others where usesysid = oid)
from me where rolconnlimit >= 0 and not rolsuper
union all
select 'database', datname, datconnlimit, (select count(*)::int from others where datid = here.oid)
from me cross join here where datconnlimit >= 0 and not rolsuper`;
