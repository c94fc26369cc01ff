import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import { startBreakingProxy, type BreakingProxy } from "../support/breaking-proxy.ts";
import type { Client } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { type MusterProcess, probeOf } from "../support/processes.ts";
import { redisUrl } from "../support/queue-backends.ts";
import { holdSeats, untilEnded, waitingWorkers } from "./batch-stand.ts";
import { openInstallation, type Installation } from "./installation.ts";
import { peopleCsv } from "./people-csv.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const people = 8_000;

let installation: Installation;
let client: Client;
let proxy: BreakingProxy;
const started: MusterProcess[] = [];

beforeAll(async () => {
  installation = await openInstallation();
  ({ client } = await installation.startApi());
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.kill("SIGKILL")));
  await proxy.close();
});

afterAll(() => installation.close());

async function startWorker(more: Record<string, string> = {}): Promise<MusterProcess> {
  const worker = await installation.startWorker(more);
  started.push(worker);
  return worker;
}

async function planPeople(): Promise<{ batch: Batch; customerId: string }> {
  const { id, domain } = await client.makeCustomer([{ skuPartNumber: "SPE_E3", total: people }]);
  return { batch: await client.upload(id, peopleCsv(domain, people, { skus: "SPE_E3" })), customerId: id };
}

/** What the proxy stands in front of, and the setting that leads a worker through it. */
const links: [string, () => Promise<Record<string, string>>][] = [
  ["its database", () => via("DATABASE_URL", installation.db.url)],
];
const redis = redisUrl;
if (redis !== undefined) links.push(["its Redis", () => via("REDIS_URL", redis)]);

async function via(setting: string, url: string): Promise<Record<string, string>> {
  proxy = await startBreakingProxy(url);
  return { [setting]: proxy.url };
}

test.each(links)(
  "a worker whose connections to %s go silent gives up its chunks to others, works again once they are back, and stops in time",
  async (_what, lead) => {
    const { db } = installation;
    const silent = await startWorker({ ...(await lead()), MUSTER_METRICS_PORT: "0" });
    const isReady = async (status: number) =>
      await eventually(async () => expect((await fetch(`${probeOf(silent)}/readyz`)).status).toBe(status), {
        timeoutMs: 60_000,
      });
    await isReady(200);
    const { batch, customerId } = await planPeople();
    await client.act(batch.id, "apply");
    await untilEnded(db, batch.id, 3);
    const release = await holdSeats(db, customerId);
    await eventually(async () => (await waitingWorkers(db)).length > 0);

    proxy.goSilent();
    await release();
    await isReady(503);
    const other = await startWorker();
    expect(await client.finished(batch.id, 120_000)).toMatchObject({ totals: { rows: people, succeeded: people } });
    expect(await brokenInvariants(db)).toEqual([]);

    proxy.comeBack();
    await isReady(200);
    await other.kill("SIGTERM");
    const { batch: next } = await planPeople();
    await client.act(next.id, "apply");
    expect(await client.finished(next.id, 120_000)).toMatchObject({ totals: { rows: people, succeeded: people } });
    expect(silent.hasEnded()).toBe(false);

    proxy.goSilent();
    await silent.kill("SIGTERM");
    expect(await brokenInvariants(db)).toEqual([]);
  },
);
