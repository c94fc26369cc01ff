import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { openToRole } from "../../db/app-role.ts";
import { queueConnections } from "../../worker/queue-backend.ts";
import { workingConnections } from "../../worker/start-working.ts";
import { asAdmin } from "../support/as-admin.ts";
import type { Client as Agent } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { redisUrl } from "../support/queue-backends.ts";
import type { MusterProcess } from "../support/processes.ts";
import { openInstallation, type Installation } from "./installation.ts";
import { peopleCsv } from "./people-csv.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const slots = 2;
const promised = workingConnections(slots) + (redisUrl === undefined ? queueConnections(true) : 0);
const tooMany = 29;

let installation: Installation;
let agent: Agent;

/** Roles of workers, so that the connections of each can be told from all others; only the ordinary one has a limit. */
const roles = { all: "", ordinary: "" };
const started: MusterProcess[] = [];
const password = "of the tests alone";

beforeAll(async () => {
  installation = await openInstallation();
  ({ client: agent } = await installation.startApi());
  const suffix = installation.db.url.slice(-12);
  roles.all = `worker_${suffix}`;
  roles.ordinary = `ordinary_${suffix}`;
  await asAdmin(installation.db.url, `create role ${roles.all} login superuser password '${password}'`);
});

afterAll(async () => {
  await installation.close();
  const server = new URL("/postgres", installation.db.url).href;
  for (const role of Object.values(roles)) await asAdmin(server, `drop role if exists ${role}`);
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.kill("SIGTERM")));
});

async function startWorker(role: string, more: Record<string, string> = {}): Promise<MusterProcess> {
  const settings = { DATABASE_URL: urlOf(role), WORKER_CONCURRENCY: String(slots) };
  const worker = await installation.startWorker({ ...settings, ...more });
  started.push(worker);
  return worker;
}

function urlOf(role: string): string {
  return Object.assign(new URL(installation.db.url), { username: role, password }).href;
}

/** How many connections the ordinary role may have; -1 is no limit. */
async function limit(most: number): Promise<void> {
  await asAdmin(installation.db.url, `alter role ${roles.ordinary} connection limit ${most}`);
}

function warningOf(worker: MusterProcess) {
  return worker.logLines().find(({ msg }) => msg.includes("raise that"));
}

async function openNow(role: string): Promise<number> {
  const [found] = await installation.db.sql<{ open: number }[]>`
    select count(*)::int as open from pg_stat_activity where usename = ${role}`;
  return found?.open ?? 0;
}

test("a worker that does all kinds of work at once opens no more connections than docs/operations.md says", async () => {
  const page = await readFile(new URL("../../docs/operations.md", import.meta.url), "utf8");
  const [, ...told] = /\| `worker`, with two slots +\| (\d+) +\| (\d+) +\|/.exec(page) ?? [];
  expect(promised).toBe(Number(told[redisUrl === undefined ? 1 : 0]));
  expect(promised).toBeLessThan(tooMany);
  await startWorker(roles.all);
  const customers = await Promise.all(
    [1, 2, 3].map(() => agent.makeCustomer([{ skuPartNumber: "SPE_E3", total: 9_000 }])),
  );
  let peak = 0;
  const untilEnded = async (ids: string[]) =>
    await eventually(
      async () => {
        peak = Math.max(peak, await openNow(roles.all));
        const batches = await Promise.all(ids.map((id) => agent.batch(id)));
        expect(batches.map(({ state }) => state)).toEqual(ids.map(() => "finished"));
        return batches;
      },
      { timeoutMs: 180_000 },
    );
  const made: Batch[] = [];
  for (const { id, domain } of customers) {
    made.push(await agent.upload(id, peopleCsv(domain, 3_000, { skus: "SPE_E3" })));
  }
  for (const { id } of made) await agent.act(id, "apply");
  for (const { totals } of await untilEnded(made.map(({ id }) => id))) expect(totals.succeeded).toBe(3_000);
  const everybody = { select: { filter: { accountEnabled: true } } };
  const changes = [
    { operation: "updateUsers", ...everybody, change: { city: "Lund" } },
    { operation: "resetPasswords", ...everybody },
    { operation: "deleteUsers", ...everybody },
  ];
  const changed = await Promise.all(
    changes.map(
      async (json, at) => (await agent.ok(`/v1/customers/${customers[at]!.id}/batches`, { json })) as { id: string },
    ),
  );
  for (const { totals } of await untilEnded(changed.map(({ id }) => id))) expect(totals.succeeded).toBe(3_000);
  expect(peak).toBeGreaterThan(slots);
  expect(peak).toBeLessThanOrEqual(promised);
});

test("a worker is told at its start what Postgres does not let it have, and stops where that can never be enough", async () => {
  await openToRole(installation.db.url, urlOf(roles.ordinary));
  await limit(promised - 1);
  await expect(startWorker(roles.ordinary)).rejects.toThrow(
    new RegExp(`ended with 1:\\s+This process may open ${promised} connections .*limit of the role.*\\n$`),
  );
  await limit(promised);
  const first = await startWorker(roles.ordinary);
  // One fewer than the second may need beside what the first holds while it is idle.
  const most = (await openNow(roles.ordinary)) + promised - 1;
  await limit(most);
  const second = await startWorker(roles.ordinary);
  expect(warningOf(first)).toBeUndefined();
  expect(warningOf(second)).toMatchObject({ level: "warn", needed: promised, most });
});

test("a worker whose database lets nobody in tells of that once, whatever it tries meanwhile, and once when it is back", async () => {
  await limit(-1);
  const worker = await startWorker(roles.ordinary, { LOG_LEVEL: "debug" });
  const lines = (text: string) => worker.logLines().filter(({ msg }) => msg.includes(text));
  const loud = () => worker.logLines().filter(({ level }) => level === "warn" || level === "error");
  expect(loud()).toEqual([]);
  await limit(0);
  await asAdmin(
    installation.db.url,
    `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${roles.ordinary}'`,
  );
  await eventually(
    () => {
      for (const what of ["heartbeat failed", "dispatch failed", "recovery failed", "names could not be indexed"]) {
        expect(lines(what).length).toBeGreaterThan(2);
      }
    },
    { timeoutMs: 25_000 },
  );
  await limit(-1);
  await eventually(() => expect(lines("answers again")).toHaveLength(1));
  expect(loud()).toMatchObject([{ msg: expect.stringContaining("out of reach") as string, reason: "53300" }]);
});
