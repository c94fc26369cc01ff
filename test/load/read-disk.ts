import type { Database } from "../../db/open-database.ts";

/** Bytes: of all tables, of all their indexes, of the log that was written so far, and of what of it lies on the disk. */
export type Disk = { tables: number; indexes: number; written: number; log: number };

/** Reads what Postgres has on the disk; beside `before`, what came since, but for the log on the disk. */
export async function readDisk(db: Database, before?: Disk): Promise<Disk> {
  const [now] = await db.sql<Disk[]>`
    select sum(pg_table_size(oid))::int8 as tables, sum(pg_indexes_size(oid))::int8 as indexes,
      pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::int8 as written,
      (select sum(size)::int8 from pg_ls_waldir()) as log
    from pg_class where relkind = 'r'`;
  if (now === undefined || before === undefined) return now ?? { tables: 0, indexes: 0, written: 0, log: 0 };
  return {
    tables: now.tables - before.tables,
    indexes: now.indexes - before.indexes,
    written: now.written - before.written,
    log: now.log,
  };
}
