import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { TypeOverrides, types, type Pool, type QueryConfig } from "pg";
import type { Log } from "./log.ts";
import { type Outage, outageOf } from "./outage.ts";
import { openPool } from "./open-pool.ts";
import { openSql } from "./open-sql.ts";
import { type PoolUse, useOfPool } from "./pool-use.ts";
import type { Sql } from "./sql.ts";
import { traceStatement } from "./tracing.ts";
import { answerMs, longStatementMs, serverLimits, type Role } from "./time-limits.ts";

/**
 * All ways to one database: `pool` for transactions (through `inTransaction`), on pg; `sql` for single statements, on
 * postgres.js, with connections of its own, so that a transaction may ask for one in its midst; `orm` for those of the
 * sign-in library, on the pool. Connections of the pool are pipelined: statements that do not need each other's answers are
 * under way together. Everywhere a bigint is a number and a timestamptz a Date.
 */
export type Database = {
  url: string;
  /** Told of by those who notice it. */
  outage: Outage;
  /** What connections that listen call themselves: it tells which secret key their process has. */
  listenerName: string;
  pool: Pool;
  sql: Sql;
  orm: NodePgDatabase;
  /** Counts its connections. */
  use: () => PoolUse[];
  /** Lets statements under way end, up to 5 s. */
  close(): Promise<void>;
};

export type DatabaseOptions = {
  role: Role;
  /** Transactions, and single statements beside them, at once at most. */
  poolSize: number;
  /** Of the secret key that this process seals under. */
  keyFingerprint?: string;
  log: Log;
};

/** What every connection that listens has in front of its name. */
export const listenerName = "muster listener";

/** How many connections a database of this `poolSize` opens at most. */
export function connectionsOf(poolSize: number): number {
  return 2 * poolSize;
}

/** Opens the connections, `poolSize` at most for either kind of work, without connecting yet. */
export function openDatabase(url: string, { role, poolSize, keyFingerprint, log }: DatabaseOptions): Database {
  const limits = serverLimits[role];
  const application_name = `muster ${role}`;
  const transactions = openPool(
    url,
    {
      pipeline: true,
      max: poolSize,
      application_name,
      idleTimeoutMillis: 30_000,
      types: bigintAsNumber(),
      ...limits,
      query_timeout: answerMs(limits.statement_timeout),
    },
    (err) => log.debug({ err }, "a database connection was lost"),
  );
  // The single statements of a worker are those of its sweeps, which clear whole batches.
  const statementMs = role === "worker" ? longStatementMs : limits.statement_timeout;
  const statements = openSql(url, {
    max: poolSize,
    application_name,
    limits: { ...limits, statement_timeout: statementMs },
  });
  return {
    url,
    outage: outageOf(log, "Postgres", url),
    listenerName: keyFingerprint === undefined ? listenerName : `${listenerName} ${keyFingerprint}`,
    pool: transactions.pool,
    sql: statements.sql,
    orm: drizzle(traced(transactions.pool), { casing: "snake_case" }),
    use: () => [useOfPool("transactions", transactions.pool), statements.use()],
    async close() {
      await Promise.all([transactions.close(), statements.close()]);
    },
  };
}

/** The pool, with a span for each single statement that is sent through it by others than us. */
function traced(pool: Pool): Pool {
  const query = async (statement: QueryConfig, values?: unknown[]) =>
    await traceStatement(statement.text, () => pool.query(statement, values));
  return new Proxy(pool, { get: (target, name) => (name === "query" ? query : Reflect.get(target, name, target)) });
}

function bigintAsNumber(): TypeOverrides {
  const overrides = new TypeOverrides();
  overrides.setTypeParser(types.builtins.INT8, Number);
  return overrides;
}
