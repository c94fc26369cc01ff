import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../db/embedded-postgres.ts";
import { makeLog } from "../../db/log.ts";
import { migrate } from "../../db/migrate.ts";
import { openDatabase } from "../../db/open-database.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import type { Client, ClientAnswer } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import type { MusterProcess } from "../support/processes.ts";
import { untilEnded } from "./batch-stand.ts";
import { openInstallation, type Installation } from "./installation.ts";
import { peopleCsv } from "./people-csv.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const people = 6_000;

let postgres: EmbeddedPostgres;
let dataDir: string;
let installation: Installation;
let api: MusterProcess & { client: Client };
let worker: MusterProcess;
/** What each process warned of at its start. */
let warnedBefore: number[];

/** The warnings and errors that each process has logged since its start. */
function warned(): { msg: string }[][] {
  return [api, worker].map((one, at) =>
    one
      .logLines()
      .filter(({ level }) => level === "warn" || level === "error")
      .slice(warnedBefore[at]),
  );
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "muster-outage-"));
  await chmod(dataDir, 0o755);
  const log = makeLog("silent");
  // What a process has written outlives its end also without fsync.
  postgres = await startEmbeddedPostgres({ dataDir, log, settings: { fsync: "off" } });
  await migrate(postgres.url);
  const db = openDatabase(postgres.url, { role: "tool", poolSize: 4, log });
  installation = await openInstallation({ url: postgres.url, db, drop: () => db.close() });
  [api, worker] = await Promise.all([installation.startApi(), installation.startWorker()]);
  warnedBefore = [];
  warnedBefore = warned().map(({ length }) => length);
});

afterAll(async () => {
  await installation.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function postmasterPid(): Promise<number> {
  return Number((await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);
}

/** Stops Postgres as `pg_ctl stop -m immediate` does, and waits until it was started again. */
async function stopAtOnce(): Promise<void> {
  const before = await postmasterPid();
  process.kill(before, "SIGQUIT");
  await eventually(
    async () => {
      expect(await postmasterPid()).not.toBe(before);
      expect(await installation.db.sql`select 1`).toHaveLength(1);
    },
    { timeoutMs: 60_000 },
  );
}

test("a batch survives a database that is stopped at once and started again, twice, and so do the processes", async () => {
  const { client } = api;
  const { id, domain } = await client.makeCustomer([{ skuPartNumber: "SPE_E3", total: people }]);
  const batch = await client.upload(id, peopleCsv(domain, people, { skus: "SPE_E3" }));
  await client.act(batch.id, "apply");

  for (const chunks of [1, 3]) {
    await untilEnded(installation.db, batch.id, chunks);
    await stopAtOnce();
  }

  expect(await client.finished(batch.id)).toMatchObject({
    state: "finished",
    totals: { rows: people, pending: 0, succeeded: people, failed: 0, partial: 0 },
  });
  expect(await brokenInvariants(installation.db)).toEqual([]);
  expect([api.hasEnded(), worker.hasEnded()]).toEqual([false, false]);
  for (const lines of warned()) {
    expect(lines.length).toBeLessThanOrEqual(2);
    for (const { msg } of lines) expect(msg).toMatch(/^a store is out of reach/);
  }
});

test("an upload that the outage cuts off leaves nothing half done, says so, and goes through when it is sent again", async () => {
  const { client } = api;
  const { db } = installation;
  const { id, domain } = await client.makeCustomer();
  const csv = peopleCsv(domain, people);
  const path = `/v1/customers/${id}/uploads?operation=create-users`;
  const sent: Promise<ClientAnswer> = client.request(path, { csv });
  await eventually(async () => {
    const [batch] = await db.sql`select from batches where customer_id = ${id} and state = 'staging'`;
    return batch !== undefined;
  });

  await stopAtOnce();

  const answer = await sent;
  expect(answer).toMatchObject({ status: 503, body: { code: "unavailable" } });
  const kept = await db.sql<{ rows: number }[]>`
    select (select count(*)::int from rows where batch_id = batches.id) as rows from batches
    where customer_id = ${id} and state <> 'rejected'`;
  expect(kept.filter((batch) => batch.rows > 0)).toEqual([]);
  const again = await eventually(() => client.upload(id, csv, "&apply=true"));
  expect(await client.finished(again.id)).toMatchObject({ totals: { rows: people, succeeded: people } });
  expect(await brokenInvariants(db)).toEqual([]);
  expect([api.hasEnded(), worker.hasEnded()]).toEqual([false, false]);
});
