import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { chmod, lstat, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { EmbeddedPostgres } from "../../db/embedded-postgres.ts";
import { startEmbeddedPostgres } from "../../db/embedded-postgres.ts";
import { isAlive } from "../../db/embedded/live-process.ts";
import { makeLog } from "../../db/log.ts";
import { canRun } from "../support/can-run.ts";
import { eventually } from "../support/eventually.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const log = makeLog("silent");

let parent: string;
let dataDir: string;
let open: EmbeddedPostgres[];
let processes: ChildProcess[];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "muster-embedded-"));
  await chmod(parent, 0o755);
  dataDir = join(parent, "data");
  open = [];
  processes = [];
});

afterEach(async () => {
  await Promise.all(open.map((embedded) => embedded.stop()));
  for (const child of processes) child.kill("SIGKILL");
  const elsewhere = await readlink(join(dataDir, "postgres")).catch(() => null);
  if (elsewhere !== null) await rm(dirname(elsewhere), { recursive: true, force: true });
  await rm(parent, { recursive: true, force: true });
});

test("what was written is there after a stop and a start, on a port and with a password of its own", async () => {
  const first = await start();
  await query(first.url, "create table kept as select 'Zoë' as name");
  await first.stop();
  const second = await start();
  expect(await query(second.url, "select name from kept")).toEqual([{ name: "Zoë" }]);
  expect(new URL(second.url)).toMatchObject({ hostname: "127.0.0.1", username: "muster", pathname: "/muster" });
  expect(new URL(second.url).password.length).toBeGreaterThanOrEqual(32);
  expect((await stat(join(dataDir, "postgres.password"))).mode & 0o777).toBe(0o600);
  await expect(query(second.url.replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toMatchObject({ code: "28P01" });
});

test("it is a Postgres of UTF-8 with checksums, international sorting and the settings it says it has", async () => {
  const { url, settings } = await start();
  const sorted = await query(
    url,
    `select name from unnest(array['Zoë','Émile','Eva','Åsa']) name order by name collate "und-x-icu"`,
  );
  expect(sorted.map(({ name }) => name)).toEqual(["Åsa", "Émile", "Eva", "Zoë"]);
  expect(await query(url, "select lower('ÉMİLE ЖАН') like 'ém%жан' as folds")).toEqual([{ folds: true }]);
  for (const [name, value] of Object.entries({ ...settings, data_checksums: "on", server_encoding: "UTF8" })) {
    const [shown] = await query(url, `select current_setting('${name}') as value`);
    expect([name, String(shown?.["value"]).replace("1GB", "1024MB")]).toEqual([name, value]);
  }
  expect(settings).toMatchObject({ fsync: "on", max_connections: "200" });
});

test("what Postgres writes down of itself holds no value of a statement that failed", async () => {
  const { url } = await start();
  await query(url, "create table people (name text primary key)");
  const add = () => query(url, "insert into people values ('zyxplant@partner.example')");
  await add();
  await expect(add()).rejects.toMatchObject({ code: "23505", detail: expect.stringContaining("zyxplant") as string });
  const written = await readFile(join(dataDir, "postgres.log"), "utf8");
  expect(written).toContain("ready to accept connections");
  expect(written).not.toContain("zyxplant");
});

test("a second start on the same data is refused in one sentence that names the process and the folder", async () => {
  await start();
  await expect(start()).rejects.toThrow(new RegExp(`${dataDir} is in use by process ${process.pid}\\b`));
  const other = await hold();
  expect(other.said["refused"]).toContain(`process ${process.pid}`);
  expect(other.said["refused"]).toContain(dataDir);
});

test("of two first starts at once one gets the data and the other is refused", async () => {
  const results = await Promise.allSettled([start(), start()]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a Postgres that a killed Muster left running is stopped, and its data is there again", async () => {
  const killed = await hold();
  await query(killed.said["url"]!, "create table kept as select 1 as one");
  const left = await postmasterPid();
  killed.child.kill("SIGKILL");
  await eventually(() => killed.child.signalCode !== null);
  expect(await isAlive(left)).toBe(true);
  const next = await start();
  expect(await isAlive(left)).toBe(false);
  expect(await query(next.url, "select one from kept")).toEqual([{ one: 1 }]);
});

test("a lock file left by a crash is no obstacle, even when its process number is now another program's", async () => {
  const first = await start();
  await query(first.url, "create table kept as select 1 as one");
  const file = join(dataDir, "postgres", "postmaster.pid");
  const text = await readFile(file, "utf8");
  await first.stop();
  await writeFile(file, text.replace(/^\d+/, String(process.pid)));
  await writeFile(join(dataDir, "postgres.owner"), JSON.stringify({ pid: process.pid, identity: "an earlier life" }));
  const second = await start();
  expect(await query(second.url, "select one from kept")).toEqual([{ one: 1 }]);
});

test("a first start that was cut off leaves nothing in the way of the next", async () => {
  await mkdir(join(dataDir, "postgres.new"), { recursive: true });
  await writeFile(join(dataDir, "postgres.new", "PG_VERSION"), "18\n");
  await writeFile(join(dataDir, "postgres.owner"), "");
  const { url } = await start();
  expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a Postgres that is killed under us is started again at the same address", async () => {
  const { url } = await start();
  await query(url, "create table kept as select 1 as one");
  const killed = await postmasterPid();
  process.kill(killed, "SIGKILL");
  await eventually(
    async () => {
      expect(await query(url, "select one from kept")).toEqual([{ one: 1 }]);
      expect(await postmasterPid()).not.toBe(killed);
    },
    { timeoutMs: 40_000 },
  );
});

test("Ctrl-C leaves Postgres to Muster, which can still finish its work and then stops it", async () => {
  const held = await hold();
  const postmaster = await postmasterPid();
  // A terminal sends the signal to the whole process group.
  process.kill(-held.child.pid!, "SIGINT");
  expect((await held.next())["stopped"]).toBe(1);
  expect(await isAlive(postmaster)).toBe(false);
  await eventually(() => held.child.exitCode === 0);
});

const command = "sudo npx vitest run test/db/embedded-postgres.test.ts";
test.runIf(canRun(process.getuid?.() === 0, "the account root", command))(
  "as root, a folder that only root may enter is no obstacle",
  async () => {
    await chmod(parent, 0o700);
    const first = await start();
    await query(first.url, "create table kept as select 1 as one");
    await first.stop();
    expect((await lstat(join(dataDir, "postgres"))).isSymbolicLink()).toBe(true);
    const second = await start();
    expect(await query(second.url, "select one from kept")).toEqual([{ one: 1 }]);
    expect((await stat(join(dataDir, "postgres"))).mode & 0o777).toBe(0o700);
  },
);

async function start(): Promise<EmbeddedPostgres> {
  const embedded = await startEmbeddedPostgres({ dataDir, log });
  open.push(embedded);
  return embedded;
}

/** Starts a process of its own, as its own process group, that holds the database, and returns what it said. */
async function hold() {
  const holder = fileURLToPath(new URL("../support/hold-postgres.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", holder, dataDir], {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  processes.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse(String((await lines.next()).value)) as Record<string, string & number>;
  return { child, next, said: await next() };
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);
}
