import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installationName } from "../../core/installation-name.ts";
import { eventually } from "../support/eventually.ts";
import { redisUrl } from "../support/queue-backends.ts";
import { chunksOf, endChunk, isFinished, makeBatch, notify, openQueueFixture } from "./queue-fixture.ts";
import type { QueueFixture } from "./queue-fixture.ts";

let fixture: QueueFixture;

beforeAll(async () => {
  fixture = await openQueueFixture();
});

afterAll(() => fixture.close());

async function wipe(): Promise<void> {
  if (redisUrl === undefined) {
    await fixture.db.sql`drop schema bullmq cascade`;
    return;
  }
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`${await installationName(fixture.db)}*`);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
}

test("a queue wiped clean in the middle is no loss: the batch finishes all the same", async () => {
  let wiped = false;
  await fixture.startPool({
    runChunk: async (target) => {
      if (target.chunkNo === 5 && !wiped) {
        wiped = true;
        await wipe();
      }
      return endChunk(fixture.db, target);
    },
  });
  const batchId = await makeBatch(fixture.db, 12);
  await notify(fixture.db);

  // A job that failed because of the wipe comes back after a pause of 15 s.
  await eventually(() => isFinished(fixture.db, batchId), { timeoutMs: 50_000 });

  expect(wiped).toBe(true);
  expect((await chunksOf(fixture.db, batchId)).every((chunk) => chunk.state === "done")).toBe(true);
});
