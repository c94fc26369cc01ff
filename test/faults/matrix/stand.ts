import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openToRole } from "../../../db/app-role.ts";
import { startEmbeddedPostgres } from "../../../db/embedded-postgres.ts";
import { makeLog } from "../../../db/log.ts";
import { migrate } from "../../../db/migrate.ts";
import { openDatabase, type Database } from "../../../db/open-database.ts";
import { startBreakingProxy, type BreakingProxy } from "../../support/breaking-proxy.ts";
import { makeClient, type Client } from "../../support/client.ts";
import { probeOf, type MusterProcess } from "../../support/processes.ts";
import { startRedis, type RedisServer } from "../../support/redis-server.ts";
import { withoutLimits } from "../../support/without-limits.ts";
import { adminKey, environmentOf, makeStarter } from "../start-muster.ts";
import { clockOf, setClock, untilAhead } from "./clocks.ts";
import type { Preparation, QueueHome } from "./fault.ts";
import { startOwnPostgres, type OwnPostgres } from "./own-postgres.ts";
import { mountSmallDisk, type SmallDisk } from "./small-disk.ts";

/** A running installation that faults strike: one api, workers, and stores of its own. */
export type Stand = {
  /** The database as its owner sees it. */
  db: Database;
  /** The address of the database, as the processes have it. */
  appUrl: string;
  postgres?: OwnPostgres;
  redis?: RedisServer;
  proxy?: BreakingProxy;
  /** That of the embedded Postgres. */
  disk?: SmallDisk;
  /** Those that ought to run at this moment; who ends one takes it out. */
  api: MusterProcess & { client: Client };
  workers: MusterProcess[];
  /** Starts an api, which takes the place of the one before. */
  startApi(): Promise<void>;
  startWorker(): Promise<void>;
  /**
   * Puts the clock of the api (`no` 0), or of the worker that was started as number `no`, forward by so many seconds, back where
   * they are negative, and waits until it goes by that.
   */
  setClock(no: number, seconds: number): Promise<void>;
  /** Kills all processes, ends the stores and removes what they kept. */
  close(): Promise<void>;
};

const workerCount = 3;

/** Starts an installation of the Muster built in `cwd`, whose queue lives in `home`, ready for what a fault needs. */
export async function openStand(home: QueueHome, preparation: Preparation, cwd: string): Promise<Stand> {
  const log = makeLog("silent");
  const folder = await mkdtemp(join(tmpdir(), "muster-faults-"));
  await chmod(folder, 0o755);
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeAll());

  async function closeAll(): Promise<void> {
    for (const one of closers.toReversed()) await one();
  }

  async function open(): Promise<Stand> {
    const database = await startDatabase(preparation.smallDisk === true);
    const redis = home === "redis" ? await startRedis(await madeFolder("redis")) : undefined;
    if (redis !== undefined) closers.push(() => redis.kill());
    await migrate(database.url);
    await withoutLimits(database.url);
    const appUrl = Object.assign(new URL(database.url), { username: "faults_app", password: "faults" }).href;
    await openToRole(database.url, appUrl);
    const db = openDatabase(database.url, { role: "tool", poolSize: 4, log });
    closers.push(() => db.close());
    const starter = makeStarter(environmentOf(appUrl, redis?.url), cwd);
    closers.push(() => starter.killAll());
    const proxy = await startProxy({ postgres: appUrl, redis: redis?.url });
    let started = 0;

    const through = (of: "api" | "worker") =>
      proxy === undefined || preparation.proxy?.of !== of ? {} : { [settingOf[preparation.proxy.before]]: proxy.url };
    const byClock = new Map<number, MusterProcess>();
    const ownClock = async (no: number) => (preparation.ownClocks === true ? await clockOf(folder, no) : {});
    const startApi = async () => {
      const api = await starter.start("api", { ...through("api"), ...(await ownClock(0)) });
      byClock.set(0, api);
      return { ...api, client: makeClient(api.address, adminKey) };
    };
    const startWorker = async () => {
      const no = ++started;
      const port = preparation.ownClocks === true ? { MUSTER_METRICS_PORT: "0" } : {};
      const worker = await starter.start("worker", { ...through("worker"), ...port, ...(await ownClock(no)) });
      byClock.set(no, worker);
      return worker;
    };
    const [api, ...workers] = await Promise.all([
      startApi(),
      ...Array.from({ length: workerCount }, () => startWorker()),
    ]);
    const stand: Stand = {
      db,
      appUrl,
      ...(database.own === undefined ? {} : { postgres: database.own }),
      ...(database.disk === undefined ? {} : { disk: database.disk }),
      ...(redis === undefined ? {} : { redis }),
      ...(proxy === undefined ? {} : { proxy }),
      api,
      workers,
      async startApi() {
        stand.api = await startApi();
      },
      async startWorker() {
        stand.workers.push(await startWorker());
      },
      async setClock(no, seconds) {
        await setClock(folder, no, seconds);
        const one = byClock.get(no);
        if (one === undefined) throw new Error(`no process goes by clock ${no}`);
        await untilAhead(no === 0 ? one.address : probeOf(one), seconds);
      },
      close,
    };
    return stand;
  }

  async function madeFolder(name: string): Promise<string> {
    const made = join(folder, name);
    await mkdir(made);
    return made;
  }

  async function startDatabase(small: boolean): Promise<{ url: string; own?: OwnPostgres; disk?: SmallDisk }> {
    if (!small) {
      const parent = await madeFolder("database");
      // The account of Postgres makes its data there.
      await chmod(parent, 0o777);
      const own = await startOwnPostgres(parent);
      closers.push(() => own.crash());
      return { url: own.url, own };
    }
    const dataDir = await madeFolder("disk");
    const disk = await mountSmallDisk(dataDir);
    closers.push(() => disk.close());
    const embedded = await startEmbeddedPostgres({ dataDir, log, settings: { fsync: "off" } });
    closers.push(() => embedded.stop());
    return { url: embedded.url, disk };
  }

  async function startProxy(urls: Record<QueueHome, string | undefined>): Promise<BreakingProxy | undefined> {
    const url = preparation.proxy && urls[preparation.proxy.before];
    if (url === undefined) return undefined;
    const proxy = await startBreakingProxy(url);
    closers.push(() => proxy.close());
    return proxy;
  }

  try {
    return await open();
  } catch (error) {
    await close();
    throw error;
  }
}

const settingOf: Record<QueueHome, string> = { postgres: "DATABASE_URL", redis: "REDIS_URL" };
