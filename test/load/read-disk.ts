import type { Database } from "../../db/open-database.ts";

/** Bytes: of all tables, of all their indexes, and of the log that was written so far. */
export type Disk = { tables: number; indexes: number; written: number };

/** Reads what Postgres has written to the disk; beside `before`, what came since. */
export async function readDisk(db: Database, before?: Disk): Promise<Disk> {
  const [now] = await db.sql<Disk[]>`
    select sum(pg_table_size(oid))::int8 as tables, sum(pg_indexes_size(oid))::int8 as indexes,
      pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::int8 as written
    from pg_class where relkind = 'r'`;
  if (now === undefined || before === undefined) return now ?? { tables: 0, indexes: 0, written: 0 };
  return {
    tables: now.tables - before.tables,
    indexes: now.indexes - before.indexes,
    written: now.written - before.written,
  };
}
