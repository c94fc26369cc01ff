import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../db/in-transaction.ts";
import { listen } from "../../db/listen.ts";
import { makeLog } from "../../db/log.ts";
import { notifyBatch } from "../../db/notify.ts";
import { openDatabase, type Database } from "../../db/open-database.ts";
import { startBreakingProxy, type BreakingProxy } from "../support/breaking-proxy.ts";
import { eventually } from "../support/eventually.ts";
import type { FreshDatabase } from "../support/fresh-database.ts";
import { freshDatabase } from "../support/fresh-database.ts";
import { sql } from "../../db/sql-text.ts";

let fresh: FreshDatabase;
let proxy: BreakingProxy;
let db: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  proxy = await startBreakingProxy(fresh.url);
  db = openDatabase(proxy.url, { role: "dispatcher", poolSize: 3, log: makeLog("silent") });
});
afterAll(async () => {
  await db.close();
  await proxy.close();
  await fresh.drop();
});

test("a connection that goes silent ends every wait for its answer, and the next ones work", async () => {
  let resyncs = 0;
  const heard: string[] = [];
  const listener = await listen(db, { muster_batch: (batchId) => heard.push(batchId) }, () => (resyncs += 1));
  await db.sql`select 1`;
  const three = () =>
    Promise.all(
      [1, 2, 3].map(() => inTransaction(db.pool, (tx) => tx.rows(sql`select 1 as one, pg_sleep(0.1)::text`))),
    );
  await three();
  expect(db.pool.idleCount).toBe(3);

  let ended = 0;
  const waits = [
    inTransaction(db.pool, async (tx) => {
      await tx.rows(sql`select 1`);
      proxy.goSilent();
      await tx.rows(sql`select 1`);
    }),
    // Longer than a busy machine needs until the silence begins; the last one waits for a connection.
    ...[5, 5, 5, 0].map(async (seconds) => await db.sql`select pg_sleep(${seconds}::int)`),
  ].map((wait) =>
    wait.catch((error: unknown) => {
      ended += 1;
      return error;
    }),
  );
  // It notices after ten seconds.
  await eventually(() => expect(listener.isAlive()).toBe(false), { timeoutMs: 30_000 });
  await Promise.all(waits.slice(0, 4));
  proxy.comeBack();

  await Promise.all(waits);
  expect(ended).toBeGreaterThanOrEqual(4);
  expect(await db.sql`select 1 as one`).toEqual([{ one: 1 }]);
  // Two of the connections lay idle when all went silent; nobody is to wait for their answers now.
  for (const rows of await three()) expect(rows).toMatchObject([{ one: 1 }]);
  await eventually(() => expect([listener.isAlive(), resyncs]).toEqual([true, 1]));
  await inTransaction(db.pool, (tx) => notifyBatch(tx, "back"));
  await eventually(() => expect(heard).toEqual(["back"]));
  await listener.close();
});

test("what has gone silent is closed all the same", async () => {
  const listener = await listen(db, {}, () => {});
  const waits = [db.sql`select pg_sleep(1)`, db.pool.query("select pg_sleep(1)")].map((wait) =>
    wait.catch(() => "broken off"),
  );
  proxy.goSilent();
  await listener.close();
  await db.close();
  expect(await Promise.all(waits)).toEqual(["broken off", "broken off"]);
  db = openDatabase(fresh.url, { role: "dispatcher", poolSize: 1, log: makeLog("silent") });
});
