import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import type { Client } from "../support/client.ts";
import { cookieJar } from "../support/cookie-jar.ts";
import { eventually } from "../support/eventually.ts";
import type { MusterProcess } from "../support/processes.ts";
import { endedChunks, holdSeats, untilEnded, waitingWorkers } from "./batch-stand.ts";
import { openInstallation, type Installation } from "./installation.ts";
import { peopleCsv } from "./people-csv.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const people = 20_000;
/** The first agent of every installation. */
const admin = { email: "admin@muster.example", password: "correct horse battery" };
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

test("a plan that waits for a second agent outlives kill -9 of api and worker, and runs once after the yes", async () => {
  const { db } = installation;
  const processes = [await installation.startApi(), await installation.startWorker()] as const;
  const { client: asker } = processes[0];
  const { id, domain } = await asker.makeCustomer();
  const limits = { users: 5, percent: null, admins: true };
  await asker.ok(`/v1/customers/${id}/brakes`, { method: "PUT", json: { limits } });
  await asker.finished((await asker.upload(id, peopleCsv(domain, 10), "&apply=true")).id);
  const names = await db.sql<{ name: string }[]>`
    select user_principal_name as name from users where customer_id = ${id} order by 1 limit 6`;
  const csv = ["User name", ...names.map(({ name }) => name)].join("\n");
  const path = `/v1/customers/${id}/uploads?operation=delete-users&apply=true`;
  const batch = (await asker.ok(path, { csv })) as Batch;
  expect(batch.state).toBe("awaiting_approval");
  await Promise.all(processes.map((one) => one.kill("SIGKILL")));

  const [{ address }, worker] = await Promise.all([installation.startApi(), installation.startWorker()]);
  const approver = cookieJar();
  const signedIn = await approver.request(`${address}/api/auth/sign-in/email`, { json: admin });
  expect(signedIn.status).toBe(200);
  expect(await (await approver.request(`${address}/v1/batches/${batch.id}`)).json()).toMatchObject({
    state: "awaiting_approval",
    totals: { pending: 6 },
    approval: { decision: null },
  });
  const approve = async () =>
    (await approver.request(`${address}/v1/batches/${batch.id}/approve`, { json: { planVersion: 1 } })).status;
  expect((await Promise.all([approve(), approve()])).toSorted((a, b) => a - b)).toEqual([202, 409]);
  expect((await client.finished(batch.id)).totals).toMatchObject({ rows: 6, succeeded: 6 });
  const [counted] = await db.sql`
    select count(*)::int as acts, count(distinct user_id)::int as users from audit
    where batch_id = ${batch.id} and operation = 'delete_customer_user'`;
  expect(counted).toEqual({ acts: 6, users: 6 });
  expect(await brokenInvariants(db)).toEqual([]);
  await worker.kill("SIGTERM");
});
