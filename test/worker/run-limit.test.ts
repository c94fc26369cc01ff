import { afterAll, beforeAll, expect, test } from "vitest";
import { TransientFault } from "../../db/faults.ts";
import type { RunChunk } from "../../worker/process-chunk.ts";
import { makeLog } from "../../db/log.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { closeQueues, openQueues } from "../../worker/queues.ts";
import { redisUrl } from "../support/queue-backends.ts";
import { eventually } from "../support/eventually.ts";
import {
  chunksOf,
  endChunk,
  isFinished,
  makeBatch,
  notify,
  openQueueFixture,
  type QueueFixture,
} from "./queue-fixture.ts";

let fixture: QueueFixture;
const closers: (() => Promise<void>)[] = [];
const log = makeLog("silent");
let letGo: () => void;
const hanging = new Promise<void>((resolve) => {
  letGo = resolve;
});

beforeAll(async () => {
  fixture = await openQueueFixture();
});
afterAll(async () => {
  letGo();
  await fixture.close();
  for (const close of closers) await close();
});

test("a chunk whose run hangs beyond its limit is given up, and so are those that wait behind it, for another worker", async () => {
  const { db } = fixture;
  const hung: { chunkNo: number; signal: AbortSignal }[] = [];
  let ended = 0;
  const hang: RunChunk = async ({ chunkNo }, signal) => {
    hung.push({ chunkNo, signal });
    await hanging;
    ended += 1;
    return { kind: "stale" };
  };
  await fixture.startPool({ concurrency: 1, runLimitMs: 300, runChunk: hang });
  const batchId = await makeBatch(db, 4);
  await notify(db);
  const [first] = await eventually(() => {
    expect(hung.length).toBeGreaterThan(0);
    return hung;
  });
  await eventually(() => expect(first?.signal.aborted).toBe(true));
  expect(first?.signal.reason).toEqual(new TransientFault("57014"));

  // A process of its own has connections of its own.
  const backend = await openQueueBackend({ db, redisUrl, log });
  const queues = openQueues(backend);
  closers.push(async () => {
    await closeQueues(queues);
    await backend.close();
  });
  const taken: number[] = [];
  await fixture.startPool({
    backend,
    queues,
    concurrency: 1,
    runChunk: async (target) => {
      taken.push(target.chunkNo);
      return await endChunk(db, target);
    },
  });
  await eventually(async () => expect(await isFinished(db, batchId)).toBe(true), {
    timeoutMs: 50_000,
  });
  expect(taken.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4]);
  expect((await chunksOf(db, batchId)).every(({ run }) => run === 1)).toBe(true);
  // It holds the only slot still: what it hangs on would hold up the next run as well.
  expect([hung.length, ended]).toEqual([1, 0]);
});
