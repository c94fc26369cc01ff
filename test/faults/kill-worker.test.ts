import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import type { Client } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import type { MusterProcess } from "../support/processes.ts";
import { endedChunks, holdSeats, untilEnded, waitingWorkers } from "./batch-stand.ts";
import { openInstallation, type Installation } from "./installation.ts";
import { peopleCsv } from "./people-csv.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const people = 20_000;
const seats = 15_000;

let installation: Installation;
let client: Client;

beforeAll(async () => {
  installation = await openInstallation();
  ({ client } = await installation.startApi());
});

afterAll(() => installation.close());

async function planPeople(): Promise<{ batch: Batch; customerId: string }> {
  const { id, domain } = await client.makeCustomer([{ skuPartNumber: "SPE_E3", total: seats }]);
  return { batch: await client.upload(id, peopleCsv(domain, people, { skus: "SPE_E3" })), customerId: id };
}

/** Applies the batch and stops the worker's chunks in the middle of their transactions, some of the others done. */
async function untilMiddle(batch: Batch, customerId: string): Promise<() => Promise<void>> {
  await client.act(batch.id, "apply");
  await untilEnded(installation.db, batch.id, 3);
  const release = await holdSeats(installation.db, customerId);
  await eventually(async () => (await waitingWorkers(installation.db)).length > 0);
  return release;
}

async function expectAllRight(batch: Batch): Promise<void> {
  const { db } = installation;
  const finished = await client.finished(batch.id);
  expect(finished).toMatchObject({
    state: "finished",
    totals: { rows: people, pending: 0, succeeded: seats, partial: people - seats, failed: 0, unchanged: 0 },
  });
  expect(await brokenInvariants(db)).toEqual([]);
  const [counted] = await db.sql`
    select count(*)::int as users, (select consumed from products where customer_id = ${batch.customerId}) as consumed
    from users where customer_id = ${batch.customerId}`;
  expect(counted).toEqual({ users: people, consumed: seats });
  const causes = await client.ok(`/v1/batches/${batch.id}/causes`);
  expect(causes).toMatchObject({ items: [{ code: "seat_shortage", state: "partial", rows: people - seats }] });
  const page = (await client.ok(`/v1/batches/${batch.id}/rows?code=seat_shortage&limit=1`)) as {
    items: { rowNo: number; message: string }[];
  };
  expect(page.items[0]?.rowNo).toBe(seats + 1);
  expect(page.items[0]?.message).toContain("Microsoft 365 E3");
}

test("a batch survives kill -9 of the only worker: every row ends, no user twice, seats in row order", async () => {
  const worker = await installation.startWorker();
  const { batch, customerId } = await planPeople();
  const release = await untilMiddle(batch, customerId);

  expect(await worker.kill("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
  await release();
  const before = await endedChunks(installation.db, batch.id);
  expect(before.length).toBeLessThan(20);
  const next = await installation.startWorker();

  await expectAllRight(batch);
  await next.kill("SIGTERM");
});

test("another worker takes over the chunks of a killed one within ten seconds", async () => {
  const { db, queues } = installation;
  const worker = await installation.startWorker();
  const { batch, customerId } = await planPeople();
  const release = await untilMiddle(batch, customerId);
  const other: MusterProcess = await installation.startWorker();
  // While the other came up, what the first waits for may have been given up and begun anew.
  const chunks = await eventually(async () => {
    const active = await queues["user-creation"].getActive();
    const own = active.filter((job) => job.processedBy?.endsWith(`-${worker.pid}`));
    expect(own.length).toBeGreaterThan(0);
    expect(await waitingWorkers(db)).not.toEqual([]);
    return own.map((job) => (job.data as { chunkNo: number }).chunkNo);
  });

  await worker.kill("SIGKILL");
  await release();

  await eventually(
    async () => {
      const ended = await endedChunks(db, batch.id);
      return chunks.every((no) => ended.includes(no));
    },
    { timeoutMs: 10_000 },
  );
  expect(other.hasEnded()).toBe(false);
  await expectAllRight(batch);
  await other.kill("SIGTERM");
});
