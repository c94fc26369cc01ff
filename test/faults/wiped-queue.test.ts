import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { brokenInvariants } from "../support/broken-invariants.ts";
import type { Client } from "../support/client.ts";
import type { MusterProcess } from "../support/processes.ts";
import { redisUrl } from "../support/queue-backends.ts";
import { untilEnded } from "./batch-stand.ts";
import { openInstallation, type Installation } from "./installation.ts";
import { peopleCsv } from "./people-csv.ts";
import { wipeQueue } from "./wipe-queue.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const people = 6_000;

let installation: Installation;
let client: Client;
let worker: MusterProcess;

beforeAll(async () => {
  installation = await openInstallation();
  [{ client }, worker] = await Promise.all([installation.startApi(), installation.startWorker()]);
});

afterAll(() => installation.close());

// Redis has no tables to drop.
const wipes = [{ how: "emptied", drop: false }, ...(redisUrl === undefined ? [{ how: "dropped", drop: true }] : [])];

test.each(wipes)("a batch survives a queue that is $how in the middle", async ({ drop }) => {
  const { id, domain } = await client.makeCustomer([{ skuPartNumber: "SPE_E3", total: people }]);
  const batch = await client.upload(id, peopleCsv(domain, people, { skus: "SPE_E3" }), "&apply=true");
  const ended = await untilEnded(installation.db, batch.id, 2);
  expect(ended.length).toBeLessThan(10);

  await wipeQueue(installation.db, { drop });

  expect(await client.finished(batch.id)).toMatchObject({
    state: "finished",
    totals: { rows: people, pending: 0, succeeded: people, failed: 0, partial: 0 },
  });
  expect(await brokenInvariants(installation.db)).toEqual([]);
  expect(worker.hasEnded()).toBe(false);
});
