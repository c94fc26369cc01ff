import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TransientFault } from "../../db/faults.ts";
import type { Tx } from "../../db/in-transaction.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { Database } from "../../db/open-database.ts";
import { openDatabase } from "../../db/open-database.ts";
import { makeLog } from "../../db/log.ts";
import type { FreshDatabase } from "../support/fresh-database.ts";
import { freshDatabase } from "../support/fresh-database.ts";
import { sql } from "../../db/sql-text.ts";

const WORKERS = 6;
const DURATION_MS = 10_000;

let fresh: FreshDatabase;
let victim: Database;
const uncaught: unknown[] = [];
const onUncaught = (error: unknown): void => void uncaught.push(error);

beforeAll(async () => {
  fresh = await freshDatabase();
  victim = openDatabase(fresh.url, { role: "worker", poolSize: WORKERS, log: makeLog("silent") });
  await fresh.db.sql`create table counted (worker int, run int, part text, primary key (worker, run, part))`;
  process.on("uncaughtException", onUncaught);
  process.on("unhandledRejection", onUncaught);
});
afterAll(async () => {
  process.off("uncaughtException", onUncaught);
  process.off("unhandledRejection", onUncaught);
  await victim.close();
  await fresh.drop();
});

test("connections that die at random for ten seconds neither end the process nor make or lose half a change", async () => {
  const end = Date.now() + DURATION_MS;
  const killer = kill(end);
  const workers = await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker, end)));
  const kills = await killer;

  const committed = workers.flatMap(({ committed: runs }, worker) => runs.map((run) => `${worker}-${run}`));
  const unsure = new Set(workers.flatMap(({ unsure: runs }, worker) => runs.map((run) => `${worker}-${run}`)));
  const stored = await fresh.db.sql<{ worker: number; run: number; parts: number }[]>`
    select worker, run, count(*)::int as parts from counted group by worker, run`;
  const found = new Set(stored.map(({ worker, run }) => `${worker}-${run}`));

  expect(uncaught).toEqual([]);
  expect(workers.flatMap(({ odd }) => odd)).toEqual([]);
  expect(kills).toBeGreaterThan(20);
  expect(committed.length).toBeGreaterThan(30);
  expect(stored.filter(({ parts }) => parts !== 4)).toEqual([]);
  expect(committed.filter((name) => !found.has(name))).toEqual([]);
  // A connection that dies while `commit` is under way leaves it open which of the two it was.
  expect([...found].filter((name) => !committed.includes(name) && !unsure.has(name))).toEqual([]);
  expect(await inTransaction(victim.pool, (tx) => tx.rows(sql`select 1 as one`))).toEqual([{ one: 1 }]);
});

async function work(worker: number, end: number) {
  const outcome = { committed: [] as number[], unsure: [] as number[], odd: [] as unknown[] };
  for (let run = 0; Date.now() < end; run += 1) {
    try {
      if (worker % 2 === 0) await inTransaction(victim.pool, (tx) => change(tx, worker, run));
      else await inTransaction(victim.pool, (tx) => changeTogether(tx, worker, run), { small: run % 2 === 0 });
      outcome.committed.push(run);
    } catch (error) {
      if (error instanceof TransientFault) outcome.unsure.push(run);
      else outcome.odd.push(error);
    }
  }
  return outcome;
}

async function change(tx: Tx, worker: number, run: number): Promise<void> {
  await tx.rows(sql`insert into counted values (${worker}, ${run}, 'first')`);
  await copy(tx, worker, run);
  await tx.rows(sql`select pg_sleep(${Math.random() / 100})`);
  await tx.rows(sql`insert into counted values (${worker}, ${run}, 'last')`);
}

async function changeTogether(tx: Tx, worker: number, run: number): Promise<void> {
  await tx.together(
    () => tx.rows(sql`insert into counted values (${worker}, ${run}, 'first')`),
    () => copy(tx, worker, run),
    () => tx.rows(sql`select pg_sleep(${Math.random() / 100})`),
  );
  await tx.together(() => tx.rows(sql`insert into counted values (${worker}, ${run}, 'last')`));
}

async function copy(tx: Tx, worker: number, run: number): Promise<void> {
  const lines = Buffer.from(`${worker}\t${run}\tcopied\n${worker}\t${run}\tcopied too\n`);
  await tx.copyIn("copy counted from stdin", lines);
}

async function kill(end: number): Promise<number> {
  let kills = 0;
  for (; Date.now() < end; await pause(Math.random() * 60)) {
    const killed = await fresh.db.sql`
      select pg_terminate_backend(pid) from (
        select pid from pg_stat_activity
         where application_name = 'muster worker' and datname = current_database() order by random() limit 1) as picked`;
    kills += killed.length;
  }
  return kills;
}
