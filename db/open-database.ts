import { drizzle } from "drizzle-orm/postgres-js";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { Pool, TypeOverrides, types } from "pg";
import postgres from "postgres";
import type { Log } from "./log.ts";

/**
 * All ways to one database: `pool` for transactions (through `inTransaction`), `pipelined` for those without a COPY, whose
 * statements need not wait for each other's answers, `sql` and `orm` for single statements.
 * Everywhere a bigint is a number and a timestamptz a Date; a JSON parameter of `sql` is passed as text (`JSON.stringify`).
 */
export type Database = {
  url: string;
  pool: Pool;
  pipelined: Pool;
  sql: postgres.Sql;
  orm: PostgresJsDatabase;
  close(): Promise<void>;
};

export type DatabaseOptions = { role: "api" | "worker" | "tool"; poolSize: number; log: Log };

const TIMESTAMPTZ = 1184;
const CONNECT_SECONDS = 10;

/** Opens the pools, of `poolSize` connections each at most, without connecting yet; a worker's transactions cannot hang. */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  const pool = openPool(url, options, { pipeline: false });
  const pipelined = openPool(url, options, { pipeline: true });
  const sql = openSql(url, options);
  return {
    url,
    pool,
    pipelined,
    sql,
    orm: openOrm(sql),
    async close() {
      await Promise.all([pool.end(), pipelined.end(), sql.end({ timeout: 5 })]);
    },
  };
}

function openPool(url: string, { role, poolSize, log }: DatabaseOptions, { pipeline }: { pipeline: boolean }): Pool {
  const pool = new Pool({
    pipeline,
    connectionString: url,
    max: poolSize,
    application_name: `muster ${role}`,
    connectionTimeoutMillis: CONNECT_SECONDS * 1000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: bigintAsNumber(),
    ...(role === "worker"
      ? { idle_in_transaction_session_timeout: 5_000, lock_timeout: 5_000, statement_timeout: 30_000 }
      : {}),
  });
  pool.on("error", (err) => log.warn({ err }, "an idle database connection was lost"));
  // A lent connection that dies between two statements emits `error`, and without a listener Node ends the process.
  pool.on("connect", (client) => client.on("error", (err) => log.warn({ err }, "a database connection was lost")));
  return pool;
}

function bigintAsNumber(): TypeOverrides {
  const overrides = new TypeOverrides();
  overrides.setTypeParser(types.builtins.INT8, Number);
  return overrides;
}

function openSql(url: string, { role, poolSize }: DatabaseOptions): postgres.Sql {
  return postgres(url, {
    max: poolSize,
    connect_timeout: CONNECT_SECONDS,
    idle_timeout: 30,
    // The default waits up to 20 s after an outage, and so would LISTEN.
    backoff: (retries: number) => Math.min(0.1 * 2 ** retries, 2),
    connection: { application_name: `muster ${role}` },
    onnotice: () => {},
    types: {
      bigint: { to: types.builtins.INT8, from: [types.builtins.INT8], parse: Number, serialize: String },
    },
  });
}

function openOrm(sql: postgres.Sql): PostgresJsDatabase {
  const parse = sql.options.parsers[TIMESTAMPTZ];
  const serialize = sql.options.serializers[TIMESTAMPTZ];
  const orm = drizzle(sql, { casing: "snake_case" });
  // drizzle makes `sql` itself return timestamps as text and refuse a Date as parameter; it works as well without that.
  if (parse) sql.options.parsers[TIMESTAMPTZ] = parse;
  if (serialize) sql.options.serializers[TIMESTAMPTZ] = serialize;
  return orm;
}
