import { chmod, mkdtemp, readdir, readFile, readlink, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runBackup, runRestore } from "../../boot/run-backup.ts";
import { type BackupLabel, packLabel, readLabel } from "../../db/backup/backup-label.ts";
import { startEmbeddedPostgres } from "../../db/embedded-postgres.ts";
import { makeLog } from "../../db/log.ts";
import { knownSchema, migrate } from "../../db/migrate.ts";
import { eventually } from "../support/eventually.ts";

const log = makeLog("silent");
let parent: string;
let file: string;
let said: string;
const stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "muster-backup-"));
  await chmod(parent, 0o755);
  file = join(parent, "muster.backup");
  said = "";
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  for (const name of await readdir(parent)) {
    const elsewhere = await readlink(join(parent, name, "postgres")).catch(() => null);
    if (elsewhere !== null) await rm(dirname(elsewhere), { recursive: true, force: true });
  }
  await rm(parent, { recursive: true, force: true });
});

test("a backup of a running and of a stopped database holds one moment, and a start goes on from it", async () => {
  const running = await start("one");
  await addWebhook(running.url);
  const client = await connect(running.url);
  await client.query("create table kept (no int); create table counts as select 0 as done");
  const over = new AbortController();
  // Each commit changes two tables, so that a backup of two moments shows.
  const writer = (async () => {
    while (!over.signal.aborted) {
      await client.query(
        `with added as (insert into kept select no from generate_series(1, 200) no)
         update counts set done = done + 200`,
      );
    }
  })();
  await eventually(async () => expect(await countOf(running.url)).toBeGreaterThan(0));
  const before = await countOf(running.url);
  await runBackup(file, partsOf("one"));
  over.abort();
  await writer;
  const after = await countOf(running.url);
  await client.end();
  await running.stop();
  expect(said).toContain(`Not in it is the secret key, ${join(parent, "one", "secret.key")}`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  await runRestore(file, { replace: false, keepWebhooks: true }, partsOf("two"));
  const restored = await start("two");
  const count = await countOf(restored.url);
  expect(count).toBeGreaterThanOrEqual(before);
  expect(count).toBeLessThanOrEqual(after);
  expect(await ask(restored.url, "select count(*)::int as count from kept")).toBe(count);
  expect(await ask(restored.url, webhooksOn)).toBe(1);
  await restored.stop();
  expect(said).toContain("put the secret key of that time there");

  await runBackup(file, partsOf("one"));
  await expect(runRestore(file, { replace: false, keepWebhooks: false }, partsOf("two"))).rejects.toThrow(
    /There is a database in .* say --replace/,
  );
  await runRestore(file, { replace: true, keepWebhooks: false }, partsOf("two"));
  expect(said).toContain("The webhook that was on is switched off");
  const replaced = await start("two");
  expect(await countOf(replaced.url)).toBe(after);
  expect(await ask(replaced.url, webhooksOn)).toBe(0);
  expect((await readdir(parent)).toSorted()).toEqual(["muster.backup", "one", "two"]);
});

test("a backup that is cut off, or that this Muster cannot read, changes nothing", async () => {
  const running = await start("one");
  await runBackup(file, partsOf("one"));
  const { url } = running;
  const label = await readLabel(file);
  await truncate(file, (await stat(file)).size - 1_000);
  await expect(runRestore(file, { replace: true, keepWebhooks: false }, partsOf("one"))).rejects.toThrow(
    /in use by process/,
  );
  await running.stop();
  await expect(runRestore(file, { replace: true, keepWebhooks: false }, partsOf("one"))).rejects.toThrow(
    /cannot be unpacked .*; nothing was changed/,
  );
  const foreign: [Partial<BackupLabel>, RegExp][] = [
    [{ postgres: 17 }, /is of Postgres 17, and this Muster has 18/],
    [{ machine: "vax-vms" }, /is of a machine of the kind vax-vms/],
    [{ schema: knownSchema() + 1 }, /was made by a newer Muster/],
  ];
  for (const [part, sentence] of foreign) {
    await writeFile(file, gzipSync(packLabel({ ...label, ...part })));
    await expect(runRestore(file, { replace: true, keepWebhooks: false }, partsOf("one"))).rejects.toThrow(sentence);
  }
  await writeFile(file, "no backup");
  await expect(runRestore(file, { replace: true, keepWebhooks: false }, partsOf("one"))).rejects.toThrow(
    /is not a backup/,
  );
  const again = await start("one");
  expect(new URL(again.url).password).toBe(new URL(url).password);
  await runBackup(file, partsOf("one"));
  await again.stop();
  const data = join(partsOf("one").settings.MUSTER_DATA_DIR, "postgres");
  await rename(data, `${data}.replaced`);
  await expect(start("one")).rejects.toThrow(/A restore was broken off: .* Restore again with --replace/);
  await expect(runRestore(file, { replace: false, keepWebhooks: false }, partsOf("one"))).rejects.toThrow(/already/);
  await runRestore(file, { replace: true, keepWebhooks: false }, partsOf("one"));
  await start("one");
});

test("a backup that cannot be written leaves the one before as it was", async () => {
  await writeFile(file, "the one before");
  await expect(runBackup(file, partsOf("nothing"))).rejects.toThrow(/There is no embedded database in/);
  const own = { DATABASE_URL: "postgres://127.0.0.1/muster", MUSTER_DATA_DIR: parent };
  await expect(runBackup(file, { ...partsOf("one"), settings: own })).rejects.toThrow(/^DATABASE_URL leads to/);
  await start("one");
  await expect(runBackup(join(file, "inside"), partsOf("one"))).rejects.toThrow(/cannot be written \(ENOTDIR\)/);
  expect(await readFile(file, "utf8")).toBe("the one before");
});

const webhooksOn = "select count(*)::int as count from webhooks where enabled";

/** Makes a webhook, as a Muster that runs on the database would. */
async function addWebhook(url: string): Promise<void> {
  await migrate(url);
  await ask(
    url,
    `insert into webhooks (id, name, address, events, sealed, created_by)
     values (gen_random_uuid(), 'Tickets', 'https://tickets.example/', '{batch.finished}', '', 'Ada')`,
  );
}

function partsOf(name: string) {
  return { settings: { MUSTER_DATA_DIR: join(parent, name) }, version: "1", log, print };
}

function print(text: string): void {
  said += text;
}

async function start(name: string) {
  const embedded = await startEmbeddedPostgres({ dataDir: join(parent, name), log, settings: { fsync: "off" } });
  stops.push(() => embedded.stop());
  return embedded;
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function countOf(url: string): Promise<number> {
  return await ask(url, "select done as count from counts");
}

async function ask(url: string, text: string): Promise<number> {
  const client = await connect(url);
  try {
    return (await client.query<{ count: number }>(text)).rows[0]?.count ?? -1;
  } finally {
    await client.end();
  }
}
