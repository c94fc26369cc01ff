import { totalmem } from "node:os";

const MEGABYTE = 1024 * 1024;

/** The settings of the embedded Postgres, sized by the memory of this machine or container. */
export function serverSettings(): Record<string, string> {
  const limit = process.constrainedMemory();
  const memory = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return {
    shared_buffers: `${Math.max(64, Math.min(1024, Math.floor(memory / 4 / MEGABYTE)))}MB`,
    // It bounds the log that stays on the disk. With twice as much Postgres writes a seventh less of it, in no less time.
    max_wal_size: "2GB",
    max_connections: "200",
    fsync: "on",
    // The builds that npm brings have no lz4.
    wal_compression: "pglz",
    jit: "off",
    random_page_cost: "1.1",
    timezone: "UTC",
    log_timezone: "UTC",
    // Errors and their statements hold people's names: only the server's own doings are logged.
    log_min_messages: "log",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
  };
}
