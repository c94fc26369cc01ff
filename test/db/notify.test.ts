import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { inTransaction } from "../../db/in-transaction.ts";
import { makeLog } from "../../db/log.ts";
import { listen } from "../../db/listen.ts";
import { notifyBatch, notifyDispatch } from "../../db/notify.ts";
import { openDatabase } from "../../db/open-database.ts";
import { eventually } from "../support/eventually.ts";
import type { FreshDatabase } from "../support/fresh-database.ts";
import { freshDatabase } from "../support/fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

test("a listener hears of a batch and of ready chunks once the transaction commits, and not before", async () => {
  const { db } = fresh;
  const heard: string[] = [];
  const listener = await listen(
    db,
    { muster_dispatch: () => heard.push("dispatch"), muster_batch: (batchId) => heard.push(batchId) },
    () => heard.push("resync"),
  );
  await inTransaction(db.pool, async (tx) => {
    await notifyBatch(tx, "b1");
    await notifyDispatch(tx);
    await db.sql`select pg_sleep(0.1)`;
    expect(heard).toEqual([]);
  });
  await inTransaction(db.pool, async (tx) => {
    await notifyBatch(tx, "lost");
    throw new Error("rolled back");
  }).catch(() => {});
  await eventually(() => expect(heard).toEqual(["b1", "dispatch"]));
  await listener.close();
  await inTransaction(db.pool, (tx) => notifyBatch(tx, "after the stop"));
  await db.sql`select pg_sleep(0.1)`;
  expect(heard).toEqual(["b1", "dispatch"]);
});

test("a listener whose connection is killed again and again comes back each time and says that it may have missed something", async () => {
  const { db } = fresh;
  const heard: string[] = [];
  let resyncs = 0;
  const listener = await listen(db, { muster_batch: (batchId) => heard.push(batchId) }, () => (resyncs += 1));
  for (let round = 1; round <= 4; round += 1) {
    const killed = await db.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'muster listener'`;
    expect(killed).toHaveLength(1);
    await eventually(() => expect(resyncs).toBe(round));
    await inTransaction(db.pool, (tx) => notifyBatch(tx, `round ${round}`));
    await eventually(() => expect(heard.at(-1)).toBe(`round ${round}`));
  }
  expect(heard).toHaveLength(4);
  await listener.close();
});

test("a listener comes back after a database that let nobody in for seconds", async () => {
  const { db, url } = fresh;
  const heard: string[] = [];
  let resyncs = 0;
  const listener = await listen(db, { muster_batch: (batchId) => heard.push(batchId) }, () => (resyncs += 1));
  const outside = openDatabase(inject("adminUrl"), { role: "tool", poolSize: 1, log: makeLog("silent") });
  const name = new URL(url).pathname.slice(1);
  await outside.pool.query(`alter database ${name} allow_connections false`);
  await outside.pool.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
  await outside.pool.query("select pg_sleep(3)");
  expect(resyncs).toBe(0);
  await outside.pool.query(`alter database ${name} allow_connections true`);
  await outside.close();
  await eventually(() => expect(resyncs).toBe(1));
  await inTransaction(db.pool, (tx) => notifyBatch(tx, "back"));
  await eventually(() => expect(heard).toEqual(["back"]));
  await listener.close();
});
