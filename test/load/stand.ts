import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../db/embedded-postgres.ts";
import { makeLog } from "../../db/log.ts";
import { migrate } from "../../db/migrate.ts";
import { openDatabase, type Database } from "../../db/open-database.ts";
import { benchSecretKey, nodeFlags, startServed, type Served } from "../bench/served.ts";
import type { QueueHome } from "../faults/matrix/fault.ts";
import { makeStarter, type Starter } from "../faults/start-muster.ts";
import { startRedis } from "../support/redis-server.ts";

/** A process of an installation, by what it is for. */
export type Part = { name: string; pid: number };

/** A running installation: one api and its workers, or both in one process. */
type Running = { api: Served; parts: Part[]; stop: () => Promise<void> };

/** The stores that loads are put on, and what starts installations over them. */
export type Stand = {
  db: Database;
  /** Starts an api and so many workers, whose queue lives in `home`; with no worker, both in one process. */
  start(workers: number, home?: QueueHome): Promise<Running>;
  close: () => Promise<void>;
};

/** Opens the embedded Postgres for the Muster built in `cwd`, as an installation has it. */
export async function openStand(cwd: string): Promise<Stand> {
  const log = makeLog("warn");
  const dataDir = await mkdtemp(join(tmpdir(), "muster-load-"));
  await chmod(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, log });
  const closers = [() => rm(dataDir, { recursive: true, force: true }), () => server.stop()];
  await migrate(server.url);
  const db = openDatabase(server.url, { role: "tool", poolSize: 4, log });
  closers.push(() => db.close());
  const running = new Set<Running>();

  async function start(workers: number, home: QueueHome = "postgres"): Promise<Running> {
    const redis = home === "redis" ? await startRedis() : undefined;
    const stores = { DATABASE_URL: server.url, ...(redis === undefined ? {} : { REDIS_URL: redis.url }) };
    const api = await startServed(stores, { command: workers === 0 ? "serve" : "api", cwd });
    const starter = makeStarter(
      { ...stores, MUSTER_SECRET_KEY: benchSecretKey, NODE_OPTIONS: nodeFlags.join(" ") },
      cwd,
    );
    const parts = [{ name: workers === 0 ? "api and worker in one" : "api", pid: api.pid }];
    const installation: Running = {
      api,
      parts,
      async stop() {
        running.delete(installation);
        await Promise.all([api.stop(), starter.killAll()]);
        await redis?.stop();
      },
    };
    running.add(installation);
    for (let no = 1; no <= workers; no++) parts.push(await startWorker(starter, no));
    return installation;
  }

  return {
    db,
    start,
    async close() {
      for (const one of running) await one.stop();
      for (const close of closers.toReversed()) await close();
    },
  };
}

async function startWorker(starter: Starter, no: number): Promise<Part> {
  const { pid } = await starter.start("worker");
  return { name: `worker ${no}`, pid };
}
