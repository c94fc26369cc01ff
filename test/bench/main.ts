import { mkdtemp, rm, chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../db/embedded-postgres.ts";
import { makeLog } from "../../db/log.ts";
import { migrate } from "../../db/migrate.ts";
import { openDatabase, type Database } from "../../db/open-database.ts";
import { copyMs, fillDirectory } from "./baselines.ts";
import { redisLack, startRedis } from "../support/redis-server.ts";
import { tellGaps } from "../support/tell-gaps.ts";
import { fairShare } from "./fair-share.ts";
import { firstRowsMs } from "./browser-rows.ts";
import { atMost, endToEnd, rate, ratio, say } from "./figures.ts";
import { clearUp, copiesMs, largeFile, provisioning } from "./large-file.ts";
import { middle } from "./median.ts";
import { newCustomer, provision } from "./provision.ts";
import { firstPageMs, replanMs } from "./replan.ts";
import { openCreate, openNoOp, openRoundTrip, tripsMs } from "./round-trips.ts";
import { peopleFile } from "./sample-people.ts";
import { searchMs } from "./search.ts";
import { startServed, type Served } from "./served.ts";
import { missedOf, printTable, type Line } from "./table.ts";
import { targetLines } from "./targets.ts";
import { undoLines } from "./undo.ts";
import { usersTable } from "./users-table.ts";
import { workbookLines } from "./workbooks.ts";

/**
 * Runs every measurement in one go, on one embedded Postgres, so that ratios compare like with like; with the argument
 * `create`, `provision`, `users-table`, `fair-share`, `targets`, `workbooks` or `undo` that part alone, of as many users or rows
 * as the next argument says. Ends with 0 only when every target was met and nothing was left out; `--allow-skips` lets that be.
 */
async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const [part, size] = words.filter((word) => word !== "--allow-skips");
  const lack = part === undefined || part === "create" ? redisLack() : null;
  const lines: Line[] = [];
  await onServer(lines, async (url) => {
    if (part === "create") return await withRedis(lack, (redisUrl) => createAlone(url, redisUrl, lines));
    if (part !== undefined) return await measurePart(part, url, size, lines);
    await migrate(url);
    await withRedis(lack, (redisUrl) => measure(url, redisUrl, lines));
    say("the list of 1,000,000 users in the browser");
    await usersTable(url, 1_000_000, lines);
  });
  process.exitCode = tellGaps({
    missed: missedOf(lines),
    leftOut: lack === null ? [] : [`one create with the queue on Redis needs ${lack}`],
    allowSkips: words.includes("--allow-skips"),
  });
}

/** Has `act` measure on an embedded Postgres of its own, and prints what it measured, before a fault as well. */
async function onServer(lines: readonly Line[], act: (url: string) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "muster-bench-"));
  await chmod(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, log: makeLog("warn") });
  try {
    await act(server.url);
  } finally {
    printTable(server.settings, lines);
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Has `act` measure with a Redis of its own; with null where the machine has none. */
async function withRedis(lack: string | null, act: (redisUrl: string | null) => Promise<void>): Promise<void> {
  const redis = lack === null ? await startRedis() : null;
  try {
    await act(redis?.url ?? null);
  } finally {
    await redis?.stop();
  }
}

/** Measures what can be run alone, of as many users or rows as `size` says. @throws Error where there is no such part */
async function measurePart(part: string, url: string, size: string | undefined, lines: Line[]): Promise<void> {
  if (part === "users-table") {
    say("the list of users in the browser");
    return await usersTable(url, Number(size ?? 1_000_000), lines);
  }
  await migrate(url);
  switch (part) {
    case "fair-share":
      say("how work is shared out");
      return await fairShare(url, Number(size ?? 1_000_000), lines);
    case "undo":
      say("an undo");
      return await alone(url, lines, (served, db) => undoLines(served, db, Number(size ?? undoneRows)));
    case "targets":
      say("license changes, deletes and restores");
      return await alone(url, lines, (served, db) => targetLines(served, db, Number(size ?? targetRows)));
    case "workbooks":
      return void lines.push(...(await workbookLines(url, Number(size ?? workbookRows))));
    case "provision":
      return await provisioning(url, Number(size ?? 100_000), lines);
    default:
      throw new Error(
        `"${part}" is no part that runs alone: create, provision, users-table, fair-share, targets, workbooks and undo are`,
      );
  }
}

/** Rows of the large file behind which a small one waits, where all is measured; alone there are ten times as many. */
const fairRows = 100_000;
const undoneRows = 100_000;
const targetRows = 100_000;
const workbookRows = 100_000;

/** Puts a line for each measurement into `lines`. */
async function measure(url: string, redisUrl: string | null, lines: Line[]): Promise<void> {
  const log = makeLog("warn");
  const db = openDatabase(url, { role: "tool", poolSize: 4, log });
  say("plain COPY");
  await copyMs(db, 10_000);
  const copies = { small: await copiesMs(db, 10_000), large: await copiesMs(db, 100_000) };
  const copy = { small: middle(copies.small), large: middle(copies.large) };
  lines.push(
    { what: "COPY of 10,000 users", figure: rate(10_000, copy.small) },
    { what: "COPY of 100,000 users", figure: rate(100_000, copy.large) },
  );

  const served = await startServed({ DATABASE_URL: url });
  await provision(served, 1_000);
  // First: the names of large batches are brought into the search for a while after them.
  say("one create");
  lines.push(...(await oneCreate(db, url, undefined, served)));

  say("10,000 and 100,000 rows end to end");
  const small = await provision(served, 10_000);
  lines.push(endToEnd(10_000, small.totalMs, copy.small));
  lines.push(...(await largeFile(db, served, 100_000, copies.large)));

  say("how work is shared out");
  await clearUp(db);
  await fairShare(url, fairRows, lines);

  say("100,000 rows planned again");
  const replanned = await replanMs(served, 100_000);
  lines.push({
    what: "re-planning 100,000 rows after a changed mapping",
    figure: rate(100_000, replanned),
    ratio: `${ratio(replanned, copy.large)} × COPY`,
  });

  say("license changes, deletes and restores of 100,000 users");
  await clearUp(db);
  lines.push(...(await targetLines(served, db, targetRows)));

  say("an undo");
  await clearUp(db);
  lines.push(...(await undoLines(served, db, undoneRows)));

  await served.stop();
  if (redisUrl !== null) lines.push(...(await createOn(url, redisUrl)));

  lines.push(...(await memory(url)), ...(await workbookLines(url, workbookRows)));

  say("a directory of 1,000,000 users");
  await emptyDirectory(db);
  const empty = await perUser(url);
  await emptyDirectory(db);
  await fillDirectory(db, 1_000_000);
  const full = await perUser(url);
  lines.push(
    { what: "one user of 10,000, empty directory", figure: `${(empty / 10).toFixed(0)} µs` },
    {
      what: "one user of 10,000, among 1,000,000",
      figure: `${(full / 10).toFixed(0)} µs`,
      ...atMost(1.3, full, empty, "empty"),
    },
  );
  lines.push(...(await searching(db, url)));
  await db.close();
}

async function createAlone(url: string, redisUrl: string | null, lines: Line[]): Promise<void> {
  await migrate(url);
  say("one create");
  lines.push(...(await createOn(url, undefined)));
  if (redisUrl !== null) lines.push(...(await createOn(url, redisUrl)));
}

async function alone(
  url: string,
  lines: Line[],
  act: (served: Served, db: Database) => Promise<Line[]>,
): Promise<void> {
  const served = await startServed({ DATABASE_URL: url });
  const db = openDatabase(url, { role: "tool", poolSize: 2, log: makeLog("warn") });
  lines.push(...(await act(served, db)));
  await db.close();
  await served.stop();
}

async function searching(db: Database, url: string): Promise<Line[]> {
  say("search among 1,000,000 users");
  const served = await startServed({ DATABASE_URL: url });
  await emptyDirectory(db);
  const few = await searchMs(served, db, 10_000);
  await emptyDirectory(db);
  const all = await searchMs(served, db, 1_000_000);
  await served.stop();
  return [
    {
      what: "one person found among 1,000,000 users, by the API",
      figure: `${all.one.toFixed(1)} ms`,
      ratio: `${ratio(all.one, few.one)} × among 10,000`,
    },
    {
      what: "a surname that 100,000 of them have",
      figure: `${all.many.toFixed(1)} ms`,
      ratio: `${ratio(all.many, few.many)} × among 10,000`,
    },
  ];
}

async function emptyDirectory(db: Database): Promise<void> {
  await db.sql`truncate users, license_assignments, former_licenses, temporary_passwords cascade`;
}

async function createOn(url: string, redisUrl: string | undefined): Promise<Line[]> {
  const db = openDatabase(url, { role: "tool", poolSize: 4, log: makeLog("warn") });
  const served = await startServed({ DATABASE_URL: url, ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }) });
  await provision(served, 1_000);
  const lines = await oneCreate(db, url, redisUrl, served);
  await served.stop();
  await db.close();
  return lines;
}

/** Against two no-ops: BullMQ as it comes, which is what others would wait for, and our own queue, which is tuned. */
async function oneCreate(db: Database, url: string, redisUrl: string | undefined, served: Served): Promise<Line[]> {
  const queue = redisUrl === undefined ? "Postgres" : "Redis";
  const { roundTrip, noOp, create } = await tripsMs({
    roundTrip: await openRoundTrip(url, redisUrl),
    noOp: await openNoOp(db, redisUrl, makeLog("warn")),
    create: await openCreate(served),
  });
  return [
    { what: `no-op job's round trip, BullMQ as it comes, on ${queue}`, figure: `${roundTrip.toFixed(1)} ms` },
    { what: `no-op job until it is done, Muster's queue on ${queue}`, figure: `${noOp.toFixed(1)} ms` },
    {
      what: `one create, queue on ${queue}`,
      figure: `${create.toFixed(1)} ms`,
      ratio: `${ratio(create, roundTrip)} × round trip, ${ratio(create, noOp)} × done`,
      target: "≤ 2 × round trip",
      met: create <= 2 * roundTrip,
    },
  ];
}

/** Each size gets a process of its own, because a peak never goes down again. */
async function memory(url: string): Promise<Line[]> {
  const peaks: number[] = [];
  let page = { sql: 0, api: 0, browser: 0 };
  for (const count of [10_000, 1_000_000]) {
    say(`memory of ${count.toLocaleString("en")} uploaded rows`);
    const served = await startServed({ DATABASE_URL: url });
    const { id, domain } = await newCustomer(served, 1_000_000);
    const batch = await served.upload(`/customers/${id}/uploads?operation=create-users`, peopleFile(domain, count));
    peaks.push(await served.peakMb());
    page = { ...(await firstPageMs(served, url, batch.id)), browser: await firstRowsMs(served, batch.id) };
    await served.stop();
  }
  const [small = 0, large = 0] = peaks;
  return [
    { what: "peak memory, 10,000 rows uploaded", figure: `${small.toFixed(0)} MB` },
    {
      what: "peak memory, 1,000,000 rows uploaded",
      figure: `${large.toFixed(0)} MB`,
      ...atMost(1.2, large, small),
    },
    { what: "first 200 rows of a 1,000,000-row plan, in SQL", figure: `${page.sql.toFixed(1)} ms` },
    {
      what: "first 200 rows of a 1,000,000-row plan, by the API",
      figure: `${page.api.toFixed(1)} ms`,
      ratio: `${ratio(page.api, page.sql)} × SQL`,
    },
    {
      what: "page of a 1,000,000-row plan opened in the browser until its rows are shown",
      figure: `${page.browser.toFixed(0)} ms`,
      ratio: `${ratio(page.browser, page.sql)} × SQL`,
    },
  ];
}

async function perUser(url: string): Promise<number> {
  const served = await startServed({ DATABASE_URL: url });
  await provision(served, 1_000);
  const times = [await provision(served, 10_000), await provision(served, 10_000), await provision(served, 10_000)];
  await served.stop();
  return Math.min(...times.map((time) => time.totalMs));
}

await main();
