import { UnrecoverableError } from "bullmq";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import { addChunks } from "../../worker/add-chunks.ts";
import { chunkJobId } from "../../contract/chunk.ts";
import { beat, stopBeating } from "../../core/batches/run/heartbeat.ts";
import { recoverChunks } from "../../worker/recover-chunks.ts";
import { workerOptions } from "../../worker/worker-options.ts";
import { newId } from "../../db/new-id.ts";
import { eventually } from "../support/eventually.ts";
import { chunksOf, isFinished, makeBatch, notify, openQueueFixture } from "./queue-fixture.ts";
import type { QueueFixture } from "./queue-fixture.ts";

let fixture: QueueFixture;

beforeAll(async () => {
  fixture = await openQueueFixture();
});

afterAll(() => fixture.close());

async function age(batchId: string, seconds: number): Promise<void> {
  await fixture.db.sql`
    update chunks set queued_at = now() - make_interval(secs => ${seconds}) where batch_id = ${batchId}`;
}

async function queueAll(batchId: string, slots: number): Promise<void> {
  const chunks = (await claimChunks(fixture.db, slots)).filter((chunk) => chunk.batchId === batchId);
  await addChunks(fixture.queues, chunks);
}

async function stopBatch(batchId: string): Promise<void> {
  await fixture.db.sql`update batches set state = 'cancelled' where id = ${batchId}`;
  await fixture.db.sql`update chunks set state = 'done' where batch_id = ${batchId}`;
}

test("a job names customer domain, batch and rows, and carries nothing but which chunk and run it is", async () => {
  const batchId = await makeBatch(fixture.db, 1, "contoso.example");
  await queueAll(batchId, 2);

  const job = await fixture.queues["user-creation"].getJob(`${batchId}-1-1`);

  const [batch] = await fixture.db.sql<{ no: number }[]>`select no from batches where id = ${batchId}`;
  expect(job?.name).toBe(`contoso.example · batch ${batch?.no} · rows 1–1000`);
  expect(job?.data).toEqual({ batchId, chunkNo: 1, run: 1 });
  await stopBatch(batchId);
});

test("a long list of chunks goes into the queue in order, and once only", async () => {
  const batchId = await makeBatch(fixture.db, 30);
  await queueAll(batchId, 30);
  await addChunks(fixture.queues, []);

  const jobs = await fixture.queues["user-creation"].getJobs(["waiting"], 0, 100, true);
  const own = jobs.filter((job) => job.id?.startsWith(batchId));
  expect(own.map((job) => job.id)).toEqual(
    Array.from({ length: 30 }, (_item, index) => chunkJobId({ batchId, chunkNo: index + 1, run: 1 })),
  );
  await stopBatch(batchId);
});

/** Claims once, and gives what was taken as `batch-chunk`, by the places of the batches in `batchIds`. */
async function claimed(batchIds: string[], slots: number): Promise<string[]> {
  const chunks = await claimChunks(fixture.db, slots);
  return chunks.map(({ batchId, chunkNo }) => `${batchIds.indexOf(batchId)}-${chunkNo}`);
}

async function endQueued(batchId: string): Promise<void> {
  await fixture.db.sql`update chunks set state = 'done' where batch_id = ${batchId} and state = 'queued'`;
}

test("batches of a file for many customers share one window in turns, and a small batch passes a large one", async () => {
  const ofFile = [await makeBatch(fixture.db, 3), await makeBatch(fixture.db, 1), await makeBatch(fixture.db, 3)];
  await fixture.db.sql`
    with file as (
      insert into bundles (id, operation, header, columns, options, notes, rows, refused, actor_id, actor_name)
      values (${newId()}, 'createUsers', '{}', '{}', '{}', '{}', 7000, 0, 'agent', 'Agent') returning id
    ) update batches set bundle_id = file.id from file where batches.id = any(${ofFile}::uuid[])`;
  expect(await claimed(ofFile, 4)).toEqual(["0-1", "1-1", "2-1", "0-2"]);
  expect(await claimed(ofFile, 4)).toEqual([]);
  const all = [...ofFile, await makeBatch(fixture.db, 1)];
  expect(await claimed(all, 4)).toEqual(["3-1"]);
  await endQueued(all[0] ?? "");
  expect(await claimed(all, 4)).toEqual(["2-2", "0-3"]);
  for (const id of all) await stopBatch(id);
});

test("as many batches as slots have one chunk each in the queue, and one that waits for another try holds up nobody", async () => {
  const all = await Promise.all([1, 2, 3, 4].map(() => makeBatch(fixture.db, 3)));
  expect((await claimed(all, 4)).toSorted()).toEqual(["0-1", "1-1", "2-1", "3-1"]);
  await age(all[2] ?? "", 61);
  expect(await claimed(all, 4)).toEqual(["2-2"]);
  for (const id of all.slice(1)) await stopBatch(id);
  expect(await claimed(all, 4)).toEqual(["0-2", "0-3"]);
  for (const id of all) await stopBatch(id);
});

test("a chunk of a few rows goes in front of the large ones in the queue", async () => {
  const large = await makeBatch(fixture.db, 2);
  await queueAll(large, 4);
  const small = await makeBatch(fixture.db, 1);
  await fixture.db.sql`update chunks set pending = 3 where batch_id = ${small}`;
  await queueAll(small, 4);

  const jobs = await fixture.queues["user-creation"].getJobs(["waiting"], 0, 100, true);
  const order = jobs.map((job) => job.data as { batchId: string }).map(({ batchId }) => batchId);
  expect(order.filter((id) => id === large || id === small)).toEqual([small, large, large]);
  for (const id of [large, small]) await stopBatch(id);
});

test("chunks whose job was removed from the queue become ready again, and get a new run", async () => {
  const batchId = await makeBatch(fixture.db, 2);
  await queueAll(batchId, 2);
  await age(batchId, 10);
  expect(await recoverChunks(fixture.db, fixture.queues)).toBe(0);

  await fixture.queues["user-creation"].obliterate({ force: true });

  expect(await recoverChunks(fixture.db, fixture.queues)).toBe(2);
  await queueAll(batchId, 2);
  expect(await chunksOf(fixture.db, batchId)).toEqual([
    { no: 1, state: "queued", run: 2 },
    { no: 2, state: "queued", run: 2 },
  ]);
  expect(await fixture.queues["user-creation"].getJob(`${batchId}-2-2`)).toBeDefined();
  await stopBatch(batchId);
});

test("a chunk that was queued a moment ago is left alone, even when its job is not there yet", async () => {
  const batchId = await makeBatch(fixture.db, 1);
  await claimChunks(fixture.db, 2);
  expect(await recoverChunks(fixture.db, fixture.queues)).toBe(0);
  expect(await chunksOf(fixture.db, batchId)).toEqual([{ no: 1, state: "queued", run: 1 }]);
  await stopBatch(batchId);
});

test("a chunk whose job failed for good without ending it comes back after a pause", async () => {
  const batchId = await makeBatch(fixture.db, 1);
  await queueAll(batchId, 2);
  await age(batchId, 10);
  const worker = fixture.backend.openWorker(
    "user-creation",
    async () => {
      throw new UnrecoverableError("JobFault");
    },
    { ...workerOptions, concurrency: 1 },
  );
  await eventually(async () => (await fixture.queues["user-creation"].getJob(`${batchId}-1-1`))?.isFailed() ?? false);
  await worker.close();

  expect(await recoverChunks(fixture.db, fixture.queues)).toBe(0);
  expect(await recoverChunks(fixture.db, fixture.queues, () => Date.now() + 16_000)).toBe(1);
  expect(await chunksOf(fixture.db, batchId)).toEqual([{ no: 1, state: "ready", run: 1 }]);
  await stopBatch(batchId);
});

test("a batch of many chunks finishes without anybody asking for it", async () => {
  await fixture.startPool();
  const batchId = await makeBatch(fixture.db, 40);
  await notify(fixture.db);
  await eventually(() => isFinished(fixture.db, batchId));
  expect(new Set((await chunksOf(fixture.db, batchId)).map((chunk) => chunk.run))).toEqual(new Set([1]));
});

test("a batch whose notification got lost is found within a few seconds", async () => {
  const batchId = await makeBatch(fixture.db, 3);
  await eventually(() => isFinished(fixture.db, batchId));
  expect(await chunksOf(fixture.db, batchId)).toHaveLength(3);
});

test("the slots of every living worker count, and those of a worker that signed off do not", async () => {
  const [one, two] = [newId(), newId()];
  const before = await beat(fixture.db, one, 3);
  expect(await beat(fixture.db, two, 4)).toBe(before + 4);
  await stopBeating(fixture.db, two);
  expect(await beat(fixture.db, one, 3)).toBe(before);
  await fixture.db.sql`update workers set seen_at = now() - interval '11 seconds' where id = ${one}`;
  expect(await beat(fixture.db, two, 1)).toBe(before - 3 + 1);
  await stopBeating(fixture.db, one);
  await stopBeating(fixture.db, two);
});
