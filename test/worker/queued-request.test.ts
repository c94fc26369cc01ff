import { afterAll, beforeAll, expect, test } from "vitest";
import { batchOptionsSchema } from "../../contract/batch.ts";
import { chunkJobId } from "../../contract/chunk.ts";
import { submitRows } from "../../core/batches/submit/submit-rows.ts";
import type { CoreContext } from "../../core/context.ts";
import { createCustomer } from "../../core/directory/customers/create-customer.ts";
import { openSecrets } from "../../core/secrets/secrets.ts";
import { makeLog } from "../../db/log.ts";
import { newId } from "../../db/new-id.ts";
import { makeEnqueue } from "../../worker/add-chunks.ts";
import { admin, people } from "../core/test-core.ts";
import { coreKey } from "../support/core-context.ts";
import { eventually } from "../support/eventually.ts";
import { chunksOf, isFinished, openQueueFixture, type QueueFixture } from "./queue-fixture.ts";

let fixture: QueueFixture;
let context: CoreContext;

beforeAll(async () => {
  fixture = await openQueueFixture();
  const { db, queues } = fixture;
  const log = makeLog("silent");
  const secrets = openSecrets(coreKey);
  context = { db, log, secrets, restoreDays: 30, now: () => new Date(), enqueue: makeEnqueue(queues, log) };
});
afterAll(() => fixture.close());

/** Makes users of a new customer in one request, and gives the batch. */
async function request(count: number, enqueue = context.enqueue!): Promise<{ batchId: string; queued: boolean }> {
  const domain = `${newId().slice(-12)}.example`;
  const customer = await createCustomer(context, admin, { name: domain, domains: [domain], products: [] });
  const options = batchOptionsSchema.parse({});
  const whose = { customerId: customer.id, operation: "createUsers", source: "json" } as const;
  const asked = { ...whose, rows: people(count), options };
  return await submitRows({ ...context, enqueue }, admin, asked, { apply: true });
}

test("ten rows are in the queue as soon as they are applied, and eleven wait for a dispatcher", async () => {
  const few = await request(10);
  const many = await request(11);
  expect([few.queued, many.queued]).toEqual([true, false]);
  expect(await chunksOf(fixture.db, few.batchId)).toEqual([{ no: 1, state: "queued", run: 1 }]);
  expect(await chunksOf(fixture.db, many.batchId)).toEqual([{ no: 1, state: "ready", run: 0 }]);
  const jobOf = (batchId: string) =>
    fixture.queues["user-creation"].getJob(chunkJobId({ batchId, chunkNo: 1, run: 1 }));
  await eventually(async () => expect((await jobOf(few.batchId))?.name).toMatch(/ · batch \d+ · rows 1–10$/));
  expect(await jobOf(many.batchId)).toBeUndefined();
});

test("rows whose request ended before their job was in the queue are carried out all the same", async () => {
  const { batchId } = await request(1, () => {});
  await fixture.startPool();
  await eventually(() => isFinished(fixture.db, batchId), { timeoutMs: 30_000 });
  expect(await chunksOf(fixture.db, batchId)).toEqual([{ no: 1, state: "done", run: 2 }]);
});
