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

test("one api and two workers, started as docker-compose.yml starts them, share a batch and end cleanly", async () => {
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
  expect(await brokenInvariants(db)).toEqual([]);
  const ends = await Promise.all([api, ...workers].map((one) => one.kill("SIGTERM")));
  expect(ends).toEqual([0, 0, 0].map((code) => ({ code, signal: null })));
});
