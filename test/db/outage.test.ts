import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { DatabaseFault, TransientFault } from "../../db/faults.ts";
import { listen } from "../../db/listen.ts";
import { makeLog } from "../../db/log.ts";
import { logFault } from "../../db/log-fault.ts";
import { openDatabase } from "../../db/open-database.ts";
import { outageOf } from "../../db/outage.ts";
import { isStoreAway, isStoreFull } from "../../db/store-away.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { closeQueues, openQueues } from "../../worker/queues.ts";
import { asAdmin } from "../support/as-admin.ts";
import { eventually } from "../support/eventually.ts";
import { canRun } from "../support/can-run.ts";
import { freshDatabase, type FreshDatabase } from "../support/fresh-database.ts";
import { redisLack, startRedis } from "../support/redis-server.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

function logged() {
  const lines: string[] = [];
  const log = makeLog("info", { write: (line) => lines.push(line) });
  return { log, lines, told: () => lines.map((line) => JSON.parse(line) as object) };
}

test("a database that goes is told once with its address and the reason, and once when it is back, whoever notices", async () => {
  const { log, lines, told } = logged();
  const url = new URL(fresh.url);
  const name = url.pathname.slice(1);
  const databases = ["api", "worker"].map((role) =>
    openDatabase(fresh.url, { role: role as "api" | "worker", poolSize: 2, log }),
  );
  let resyncs = 0;
  const listeners = await Promise.all(databases.map((db) => listen(db, {}, () => (resyncs += 1))));
  url.pathname = "/postgres";
  await asAdmin(url.href, `alter database ${name} allow_connections false`);
  await asAdmin(
    url.href,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = '${name}' and application_name = 'muster listener'`,
  );
  await eventually(() => expect(listeners.map((one) => one.isAlive())).toEqual([false, false]), { timeoutMs: 20_000 });
  await eventually(() => expect(lines).toHaveLength(1));
  await asAdmin(url.href, `alter database ${name} allow_connections true`);
  await eventually(() => expect(resyncs).toBe(2));
  const place = { store: "Postgres", address: `${url.hostname}:${url.port}/${name}` };
  expect(told()).toMatchObject([
    { level: "warn", ...place, reason: "55000", msg: expect.stringContaining("out of reach") as string },
    { level: "info", ...place, seconds: expect.any(Number) as number },
  ]);
  expect(lines.join("")).not.toContain(`:${url.password}@`);
  for (const listener of listeners) await listener.close();
  for (const db of databases) await db.close();
});

test("a store is back when all are who missed it, and what has no code is told as no answer", () => {
  const { log, told } = logged();
  const outage = outageOf(log, "Redis", "redis://:the-secret@queue.internal");
  const silent = new Error("Socket timeout. Expecting data, but didn't receive any in 20000ms.");
  outage.ends("one");
  outage.begins("one", silent);
  outage.begins("two", silent);
  outage.ends("one");
  outage.begins("two", silent);
  outage.ends("two");
  outage.begins("one", new TransientFault("53100"));
  expect(told()).toMatchObject([
    { level: "warn", address: "queue.internal:6379", reason: "no answer" },
    { level: "info", address: "queue.internal:6379" },
    { level: "warn", reason: "53100" },
  ]);
});

test("who found a store full and does that work no more does not hide the next outage", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { log, told } = logged();
  const outage = outageOf(log, "Redis", "redis://queue.internal");
  outage.begins("dispatch", new Error("OOM command not allowed when used memory > 'maxmemory'."));
  vi.advanceTimersByTime(61_000);
  outage.begins("connection", Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
  vi.useRealTimers();
  expect(told()).toMatchObject([
    { level: "warn", reason: "OOM" },
    { level: "info", seconds: 61 },
    { level: "warn", reason: "ECONNREFUSED" },
  ]);
});

test("a fault of one connection is told by itself, one a minute, unless an outage is told before it or soon after", () => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout"] });
  const { log, told } = logged();
  const outage = outageOf(log, "Postgres", "postgres://db.internal/muster");
  const met = (jobId: string) =>
    logFault(log, new TransientFault("08006"), "a chunk met a fault that passes", { jobId });
  for (const jobId of ["1", "2", "3"]) met(jobId);
  vi.advanceTimersByTime(14_000);
  expect(told()).toEqual([]);
  vi.advanceTimersByTime(47_000);
  met("4");
  vi.advanceTimersByTime(10_000);
  outage.begins("listener", new TransientFault("57P03"));
  vi.advanceTimersByTime(51_000);
  outage.ends("listener");
  met("5");
  vi.advanceTimersByTime(61_000);
  met("6");
  vi.advanceTimersByTime(15_000);
  vi.useRealTimers();
  const fault = { level: "warn", err: { sqlstate: "08006" }, seenAt: expect.any(String) as string };
  expect(told()).toMatchObject([
    { jobId: "1", ...fault },
    { level: "warn", store: "Postgres", reason: "57P03" },
    { level: "info", store: "Postgres" },
    { jobId: "6", ...fault },
  ]);
});

test.each([
  [Object.assign(new Error("refused"), { code: "ECONNREFUSED" }), true, false],
  [new TransientFault("57P03"), true, false],
  [new TransientFault("53300"), true, true],
  [new TransientFault("53400"), false, false],
  [new Error("Stream isn't writeable and enableOfflineQueue options is false"), true, false],
  [new Error("OOM command not allowed when used memory > 'maxmemory'."), true, true],
  [new TransientFault("40P01"), false, false],
  [new DatabaseFault("23505"), false, false],
  [new Error("WRONGTYPE Operation against a key"), false, false],
])("%s: a store that is away %s, and full %s", (error, away, full) => {
  expect([isStoreAway(error), isStoreFull(error)]).toEqual([away, full]);
  const { log, lines } = logged();
  logFault(log, error, "it will be tried again");
  expect(lines).toHaveLength(away ? 0 : 1);
});

const lack = redisLack();

test.runIf(canRun(lack === null, lack ?? "", "npx vitest run test/db/outage.test.ts"))(
  "a Redis that goes is told once, without its password, however often it is tried, and once when it is back",
  async () => {
    const redis = await startRedis(undefined, ["--requirepass", "the-secret"]);
    const { log, lines, told } = logged();
    const url = redis.url.replace("//", "//:the-secret@");
    const { host, port } = new URL(url);
    const backend = await openQueueBackend({ db: fresh.db, redisUrl: url, log });
    const queues = openQueues(backend);
    await eventually(() => queues.housekeeping.isPaused().then(() => true));
    expect(lines).toEqual([]);
    await redis.kill();
    await eventually(() => expect(lines).toHaveLength(1));
    let tries = 0;
    const other = createServer((socket) => {
      tries += 1;
      socket.on("error", () => {}).resetAndDestroy();
    }).listen(Number(port), "127.0.0.1");
    await eventually(() => expect(tries).toBeGreaterThan(2));
    const closed = once(other, "close");
    other.close();
    await closed;
    expect(lines).toHaveLength(1);
    await redis.start();
    await eventually(() => expect(lines).toHaveLength(2));
    const place = { store: "Redis", address: host };
    expect(told()).toMatchObject([
      // The first to be lost is the connection that was there, or the next one that is tried.
      { level: "warn", ...place, reason: expect.stringMatching(/^ECONN(?:RESET|REFUSED)$/) as string },
      { level: "info", ...place, seconds: expect.any(Number) as number },
    ]);
    expect(lines.join("")).not.toContain("the-secret");
    await closeQueues(queues);
    await backend.close();
    await redis.stop();
  },
);
