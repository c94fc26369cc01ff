import { setTimeout as pause } from "node:timers/promises";
import { makeLog } from "../../db/log.ts";
import { openDatabase, type Database } from "../../db/open-database.ts";
import { copyMs } from "./baselines.ts";
import { costReader, costsOfOne } from "./costs.ts";
import { atMost, endToEnd, rate, say, seconds } from "./figures.ts";
import { middle } from "./median.ts";
import { provision, type Provisioned } from "./provision.ts";
import { startServed, type Served } from "./served.ts";
import type { Line } from "./table.ts";

/** A large file alone, beside a COPY of as many people. */
export async function provisioning(url: string, count: number, lines: Line[]): Promise<void> {
  const db = openDatabase(url, { role: "tool", poolSize: 4, log: makeLog("warn") });
  say("plain COPY");
  await copyMs(db, 10_000);
  const copies = await copiesMs(db, count);
  const served = await startServed({ DATABASE_URL: url });
  await provision(served, 1_000);
  say(`${count.toLocaleString("en")} rows end to end`);
  lines.push(...(await largeFile(db, served, count, copies)));
  await served.stop();
  await db.close();
}

/** Three files of `count` people, each from its first byte until all are there: the time of the middle one, and what it cost. */
export async function largeFile(db: Database, served: Served, count: number, copies: number[]): Promise<Line[]> {
  const costs = await costReader(db, served.pid);
  const runs: Provisioned[] = [];
  for (let run = 0; run < 3; run++) {
    await clearUp(db);
    runs.push(await provision(served, count, costs));
  }
  const [fastest, one, slowest] = runs.toSorted((a, b) => a.totalMs - b.totalMs) as [
    Provisioned,
    Provisioned,
    Provisioned,
  ];
  const rows = `${count.toLocaleString("en")} rows`;
  const copy = middle(copies);
  const planMs = middle(runs.map((run) => run.planMs));
  return [
    { ...endToEnd(count, one.totalMs, copy), ...atMost(3.3, one.totalMs, copy, "COPY") },
    {
      what: "the same, the fastest and the slowest of three",
      figure: `${seconds(fastest.totalMs)} to ${seconds(slowest.totalMs)}`,
      ratio: `COPY ${seconds(Math.min(...copies))} to ${seconds(Math.max(...copies))}`,
    },
    {
      what: `planning ${rows} alone, upload included`,
      figure: rate(count, planMs),
      ...atMost(1.4, planMs, copy, "COPY"),
    },
    { what: "each user's share of planning them", figure: costsOfOne(one.plan, count) },
    { what: "each user's share of applying them", figure: costsOfOne(one.apply, count) },
  ];
}

/** Milliseconds of three COPYs of `count` people. */
export async function copiesMs(db: Database, count: number): Promise<number[]> {
  return [await copyMs(db, count), await copyMs(db, count), await copyMs(db, count)];
}

/**
 * Waits until the names of all ended batches are where they are searched, and clears up behind what was measured so far, as
 * `copyMs` does: what Postgres and Muster have left to do would else be a part of what is measured next.
 */
export async function clearUp(db: Database): Promise<void> {
  for (;;) {
    const [left] = await db.sql<{ batches: number }[]>`select count(*)::int as batches from names_due`;
    if (left?.batches === 0) break;
    await pause(100);
  }
  await db.sql`vacuum analyze`;
  await db.sql`checkpoint`;
}
