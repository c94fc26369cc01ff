import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { brokenInvariants } from "../support/broken-invariants.ts";
import { buildMuster } from "../support/build-muster.ts";
import { makeClient } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { atWork, startProcess, type MusterProcess } from "../support/processes.ts";
import { openInstallation, type Installation } from "./installation.ts";
import { peopleCsv } from "./people-csv.ts";
import { adminKey } from "./start-muster.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const people = 6_000;

let installation: Installation;
const started: MusterProcess[] = [];

beforeAll(async () => {
  installation = await openInstallation();
});

afterAll(async () => {
  await Promise.all(started.map((one) => one.kill("SIGKILL")));
  await installation.close();
});

/** The command of one service, word for word as docker-compose.yml has it. */
async function composeCommand(service: string): Promise<string[]> {
  const compose = await readFile(new URL("../../docker-compose.yml", import.meta.url), "utf8");
  const block = new RegExp(`^  ${service}:\\n(?:(?!  \\w).*\\n)*?    command: (\\[.*\\])$`, "m").exec(compose);
  return JSON.parse(block?.[1] ?? "[]") as string[];
}

/** Starts a service of docker-compose.yml as a plain process of the built code, each as if on a machine of its own. */
async function startService(service: string, readyWhen: RegExp): Promise<MusterProcess> {
  const [command, cwd] = await Promise.all([composeCommand(service), buildMuster()]);
  const environment = { ...installation.environment, NODE_ENV: "production", HOST: "127.0.0.1" };
  const one = await startProcess({ command, cwd, environment, readyWhen });
  started.push(one);
  return one;
}

/** Changes the database as the migration of a next version may that only adds: a column to each table, and its own record. */
async function migrateOn({ db }: Installation): Promise<void> {
  const tables = await db.sql<{ name: string }[]>`
    select format('%I', tablename) as name from pg_tables where schemaname = 'public'`;
  for (const { name } of tables) await db.pool.query(`alter table ${name} add column of_tomorrow text default 'new'`);
  await db.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', 4102444800000)`;
}

test("one api and two workers, started as docker-compose.yml starts them, share a batch, log JSON alone and end cleanly", async () => {
  const { db, queues } = installation;
  const migrate = await startService("migrate", /newest schema/);
  expect(await migrate.end()).toEqual({ code: 0, signal: null });
  const [api, ...workers] = await Promise.all([
    startService("api", atWork.api),
    startService("worker", atWork.worker),
    startService("worker", atWork.worker),
  ]);
  const client = makeClient(api.address, adminKey);
  const { id, domain } = await client.makeCustomer([{ skuPartNumber: "SPE_E3", total: people }]);

  const batch = await client.upload(id, peopleCsv(domain, people, { skus: "SPE_E3" }), "&apply=true");

  expect(await client.finished(batch.id)).toMatchObject({ totals: { rows: people, succeeded: people } });
  // The batch is over when its rows are, a moment before the queue has its last job as complete.
  await eventually(async () => {
    const jobs = await queues["user-creation"].getCompleted();
    const hands = new Set(jobs.map(({ processedBy }) => Number(processedBy?.split("-").at(-1))));
    expect(hands).toEqual(new Set(workers.map(({ pid }) => pid)));
  });
  // A next version migrates while these processes run: they go on with what they have prepared.
  await migrateOn(installation);
  const more = await client.upload(id, peopleCsv(domain, people + 1_200, { skus: "SPE_E3" }), "&apply=true");
  expect(await client.finished(more.id)).toMatchObject({ totals: { rows: people + 1_200, failed: 0 } });
  const everybody = { select: { filter: { accountEnabled: true } } };
  const changes = [
    { operation: "updateUsers", ...everybody, change: { city: "Lund" } },
    { operation: "deleteUsers", ...everybody },
  ];
  for (const json of changes) {
    const changed = (await client.ok(`/v1/customers/${id}/batches`, { json })) as { id: string };
    expect(await client.finished(changed.id)).toMatchObject({ totals: { failed: 0, partial: 0 } });
  }
  for (const path of [`/v1/customers/${id}/users?limit=5`, "/v1/audit", "/v1/agents", `/v1/batches/${more.id}/rows`]) {
    await client.ok(path);
  }
  expect(await brokenInvariants(db)).toEqual([]);
  const ends = await Promise.all([api, ...workers].map((one) => one.kill("SIGTERM")));
  expect(ends).toEqual([0, 0, 0].map((code) => ({ code, signal: null })));
  // All that they wrote to standard output is JSON, or reading it throws.
  for (const one of [api, ...workers]) expect(one.logLines()).not.toEqual([]);
});
