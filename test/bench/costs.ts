import { readdir, readFile } from "node:fs/promises";
import type { Database } from "../../db/open-database.ts";

/** What work has cost so far: processor time in ms of a Node process and of all of Postgres, and bytes written ahead. */
export type Costs = { nodeMs: number; postgresMs: number; walBytes: number };

/** Reads what has been spent so far. */
export type CostReader = () => Promise<Costs>;

/** Where nobody asks what work costs. */
export const noCosts: CostReader = async () => ({ nodeMs: 0, postgresMs: 0, walBytes: 0 });

/** Gives a reader of what the process `pid` and the Postgres of `db`, on this machine, have cost. */
export async function costReader(db: Database, pid: number): Promise<CostReader> {
  const [backend] = await db.sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const postmaster = (await readStat(backend?.pid ?? 0)).parent;
  return async () => {
    const [wal] = await db.sql<{ bytes: number }[]>`
      select (pg_current_wal_insert_lsn() - '0/0')::float8 as bytes`;
    return {
      nodeMs: (await readStat(pid)).ownMs,
      postgresMs: await allOfPostgresMs(postmaster),
      walBytes: wal?.bytes ?? 0,
    };
  };
}

/** What was spent between two readings. */
export function spent(before: Costs, after: Costs): Costs {
  return {
    nodeMs: after.nodeMs - before.nodeMs,
    postgresMs: after.postgresMs - before.postgresMs,
    walBytes: after.walBytes - before.walBytes,
  };
}

/** In words what each of `users` cost. */
export function costsOfOne({ nodeMs, postgresMs, walBytes }: Costs, users: number): string {
  const micros = (ms: number) => `${((ms / users) * 1000).toFixed(0)} µs`;
  return `Node ${micros(nodeMs)}, Postgres ${micros(postgresMs)}, WAL ${(walBytes / users).toFixed(0)} bytes`;
}

/** The postmaster counts its children once they have ended. */
async function allOfPostgresMs(postmaster: number): Promise<number> {
  const { ownMs, endedChildrenMs } = await readStat(postmaster);
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
  const stats = await Promise.all(pids.map((pid) => readStat(pid).catch(() => null)));
  const living = stats.filter((stat) => stat?.parent === postmaster);
  return living.reduce((sum, stat) => sum + (stat?.ownMs ?? 0), ownMs + endedChildrenMs);
}

/** Linux counts in hundredths of a second. */
const tickMs = 10;

async function readStat(pid: number): Promise<{ parent: number; ownMs: number; endedChildrenMs: number }> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8");
  // The name of the program, in brackets, may hold spaces.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (no: number) => Number(fields[no - 3]);
  return {
    parent: field(4),
    ownMs: (field(14) + field(15)) * tickMs,
    endedChildrenMs: (field(16) + field(17)) * tickMs,
  };
}
