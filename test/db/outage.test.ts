import { afterAll, beforeAll, expect, test } from "vitest";
import { listen } from "../../db/listen.ts";
import { makeLog } from "../../db/log.ts";
import { openDatabase } from "../../db/open-database.ts";
import { within } from "../../db/within.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { closeQueues, openQueues } from "../../worker/queues.ts";
import { asAdmin } from "../support/as-admin.ts";
import { eventually } from "../support/eventually.ts";
import { freshDatabase, type FreshDatabase } from "../support/fresh-database.ts";

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

test("a Redis that is away is told once, without its password, however often it is tried", async () => {
  const { log, lines, told } = logged();
  const backend = await openQueueBackend({ db: fresh.db, redisUrl: "redis://:the-secret@127.0.0.1:1", log });
  const queues = openQueues(backend);
  // Connecting is tried again and again meanwhile.
  await within(2_000, queues.housekeeping.isPaused()).catch(() => {});
  await eventually(() => expect(lines).toHaveLength(1));
  expect(told()).toMatchObject([{ store: "Redis", address: "127.0.0.1:1", reason: "ECONNREFUSED" }]);
  expect(lines.join("")).not.toContain("the-secret");
  await closeQueues(queues);
  await backend.close();
});
