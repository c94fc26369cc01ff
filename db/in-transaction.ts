import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { copyIn } from "./copy-in.ts";
import { asFault, DatabaseFault, isConnectionLost, TransientFault } from "./faults.ts";
import { socketOf } from "./open-pool.ts";
import { sql, type SqlText } from "./sql-text.ts";
import { answerMs, longStatementMs } from "./time-limits.ts";
import { traceStatement } from "./tracing.ts";

type Statement = () => Promise<unknown>;
type Answers<S extends readonly Statement[]> = { [At in keyof S]: Awaited<ReturnType<S[At]>> };

/** One open transaction; its column names come back as the SQL names them. */
export type Tx = {
  /** Runs a statement and gives its rows. */
  rows<R extends object>(statement: SqlText): Promise<R[]>;
  /**
   * Runs statements in this order, none of which needs the answer to another, and gives the answers: all are under way
   * at once, and the way there and back is paid once.
   */
  together: <S extends readonly Statement[]>(...statements: S) => Promise<Answers<S>>;
  /**
   * Commits along with these statements, which run as by `together`: nothing comes after them, and what has to undo the
   * transaction fails in Postgres. Their answers count once `inTransaction` gives what `work` made of them.
   */
  last: <S extends readonly Statement[]>(...statements: S) => Promise<Answers<S>>;
  /** Runs a `copy … from stdin` over `lines`, in text format. */
  copyIn(text: string, lines: Buffer): Promise<void>;
  /** From here on the transaction is about a few rows, or about many; see `TransactionOptions`. */
  small: boolean;
  /** ms until the answer to a statement, where it is not the connection's own limit; see `allowLong`. */
  answerMs: number | undefined;
};

/**
 * How a transaction runs. `reruns`: how often at most, after a deadlock and its like; three unless told. `small`: it is
 * about a few rows, so that planning its statements would cost more than running them; each is then planned once a
 * connection. Never for many rows: the kept plan is one for few.
 */
export type TransactionOptions = { reruns?: number; small?: boolean };

/** Rows of a small transaction at most. */
export const smallRows = 10;

const RERUNS = 3;
const RERUN = new Set(["40P01", "40001", "55P03"]);

/**
 * Runs `work` in one read-committed transaction and commits it, or leaves nothing behind. A deadlock, a serialization failure or a lock
 * that was not to be had reruns `work` up to three times (`reruns`), so `work` keeps no state of its own between runs.
 * @throws TransientFault when the same work may succeed later; DatabaseFault for every other refusal of Postgres; whatever `work` throws.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (tx: Tx) => Promise<T>,
  { reruns = RERUNS, small = false }: TransactionOptions = {},
): Promise<T> {
  for (let rerun = 0; ; rerun += 1) {
    try {
      return await runOnce(pool, work, small);
    } catch (error) {
      const fault = asFault(error);
      if (rerun >= reruns || !(fault instanceof TransientFault && RERUN.has(fault.sqlstate))) throw fault;
      await pause(10 * 2 ** rerun * (1 + Math.random()));
    }
  }
}

/**
 * From here on each statement of the transaction may take five minutes where others get less than half of one: it is about a
 * whole batch, of up to a million rows.
 */
export async function allowLong(tx: Tx): Promise<void> {
  tx.answerMs = answerMs(longStatementMs);
  await tx.rows(sql`set local statement_timeout = ${sql.unsafe(String(longStatementMs))}`);
}

/** The state of Postgres for a transaction in which a statement has failed. */
const aborted = "25P02";

async function runOnce<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>, small: boolean): Promise<T> {
  const client = await pool.connect();
  let broken: Error | boolean = true;
  try {
    let committing: ReturnType<typeof commit> | undefined;
    const tx = makeTx(client, small, () => (committing = commit(client)));
    const result = await begin(client, () => work(tx));
    const { command } = await (committing ?? commit(client));
    // After a statement error that `work` swallowed, Postgres answers `commit` with ROLLBACK and no error.
    if (command !== "COMMIT") throw new DatabaseFault(aborted);
    broken = false;
    return result;
  } catch (error) {
    // Of a connection that is lost, or has gone silent, nothing is to be asked.
    broken = isConnectionLost(error) ? asFault(error) : await rollback(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Opens the transaction along with the first statements of `work`. */
async function begin<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  return await inOneWrite(client, () => {
    // Where it fails, so does every statement after it.
    client.query("begin isolation level read committed").catch(() => {});
    return work();
  });
}

/**
 * Sends what `send` sends at once in one write. Each write wakes the other side, which in a virtual machine costs more
 * than most of our small statements do.
 */
function inOneWrite<T>(client: pg.PoolClient, send: () => T): T {
  const stream = socketOf(client);
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

async function commit(client: pg.PoolClient): Promise<pg.QueryResult> {
  return await traceStatement("commit", () => client.query("commit"));
}

/** Gives why it was not to be had, or false. */
async function rollback(client: pg.PoolClient): Promise<Error | false> {
  try {
    await client.query("rollback");
    return false;
  } catch (error) {
    return asFault(error);
  }
}

function makeTx(client: pg.PoolClient, small: boolean, sendCommit: () => Promise<unknown>): Tx {
  const limit = () => (tx.answerMs === undefined ? {} : { query_timeout: tx.answerMs });
  let over = false;
  const tx: Tx = {
    small,
    answerMs: undefined,
    async together<S extends readonly Statement[]>(...statements: S) {
      const sent = inOneWrite(client, () => statements.map((statement) => statement()));
      return (await answersTo(sent)) as Answers<S>;
    },
    async last<S extends readonly Statement[]>(...statements: S) {
      const sent = inOneWrite(client, () => {
        const answers = statements.map((statement) => statement());
        over = true;
        // Where it fails, so does the transaction.
        sendCommit().catch(() => {});
        return answers;
      });
      return (await answersTo(sent)) as Answers<S>;
    },
    async rows<R extends object>(statement: SqlText) {
      if (over) throw new Error("the transaction has been committed");
      try {
        const { text, values } = statement.write();
        const kept = tx.small ? { name: statementName(text) } : {};
        const send = () => client.query<R>({ ...kept, ...limit(), text, values });
        return (await traceStatement(text, send)).rows;
      } catch (error) {
        throw asFault(error);
      }
    },
    copyIn: (text, lines) => traceStatement(text, () => copyIn(client, text, lines, limit())),
  };
  return tx;
}

/** Of statements that fail, the first one tells why: what comes behind it says no more than that, nor does a transaction that is aborted already. */
async function answersTo(sent: Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(sent);
  const failed = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  if (failed.length > 0) throw failed.find((why) => !isAborted(why)) ?? failed[0];
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value);
}

function isAborted(why: unknown): boolean {
  return why instanceof DatabaseFault && why.sqlstate === aborted;
}

const statementNames = new Map<string, string>();

/** The name of a statement to keep; our statements are constants, so that there are few. */
function statementName(text: string): string {
  const known = statementNames.get(text);
  if (known !== undefined) return known;
  const name = `muster ${statementNames.size}`;
  statementNames.set(text, name);
  return name;
}
