import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { chunksOf, endChunk, isFinished, makeBatch, notify, openQueueFixture } from "./queue-fixture.ts";
import type { QueueFixture } from "./queue-fixture.ts";

let fixture: QueueFixture;

beforeAll(async () => {
  fixture = await openQueueFixture();
});

afterAll(() => fixture.close());

async function stateOf(batchId: string): Promise<string | undefined> {
  return await (await fixture.queues["user-creation"].getJob(`${batchId}-1-1`))?.getState();
}

test("a pool that stops lets the running chunk finish", async () => {
  let started = false;
  const pool = await fixture.startPool({
    runChunk: async (target) => {
      started = true;
      await pause(300);
      return endChunk(fixture.db, target);
    },
  });
  const batchId = await makeBatch(fixture.db, 1);
  await notify(fixture.db);
  await eventually(() => started);

  await pool.close(5_000);

  expect(await chunksOf(fixture.db, batchId)).toEqual([{ no: 1, state: "done", run: 1 }]);
  expect(await stateOf(batchId)).toBe("completed");
  const alive = await fixture.db.sql`select from workers`;
  expect(alive.count).toBe(0);
});

test("a chunk that does not finish in time goes back to the queue and to the next worker", async () => {
  let started = false;
  const pool = await fixture.startPool({
    runChunk: async (_target, signal) => {
      started = true;
      return await new Promise<never>((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    },
  });
  const batchId = await makeBatch(fixture.db, 1);
  await notify(fixture.db);
  await eventually(() => started);

  const before = Date.now();
  await pool.close(200);
  expect(Date.now() - before).toBeLessThan(5_000);
  expect(await stateOf(batchId)).toBe("waiting");

  await fixture.startPool();
  await eventually(() => isFinished(fixture.db, batchId));
  expect(await chunksOf(fixture.db, batchId)).toEqual([{ no: 1, state: "done", run: 1 }]);
});
