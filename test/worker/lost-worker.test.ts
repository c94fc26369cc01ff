import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { redisUrl } from "../support/queue-backends.ts";
import { chunksOf, endChunk, isFinished, makeBatch, notify, openQueueFixture } from "./queue-fixture.ts";
import type { QueueFixture } from "./queue-fixture.ts";

let fixture: QueueFixture;
let other: ChildProcess;

beforeAll(async () => {
  fixture = await openQueueFixture();
});

afterAll(async () => {
  other.kill("SIGKILL");
  await fixture.close();
});

function startOther(): void {
  const script = fileURLToPath(new URL("worker-process.ts", import.meta.url));
  other = fork(script, [fixture.url, redisUrl ?? []].flat(), { execArgv: ["--import", "tsx"] });
}

async function nextWord(): Promise<unknown> {
  return (await once(other, "message"))[0];
}

test("another worker takes over the chunk of a killed one within ten seconds", async () => {
  startOther();
  const batchId = await makeBatch(fixture.db, 1);
  await notify(fixture.db);
  expect(await nextWord()).toBe("started");
  const pool = await fixture.startPool();

  other.kill("SIGKILL");

  await eventually(() => isFinished(fixture.db, batchId), { timeoutMs: 10_000 });
  expect(await chunksOf(fixture.db, batchId)).toEqual([{ no: 1, state: "done", run: 1 }]);
  await eventually(async () => {
    const job = await fixture.queues["user-creation"].getJob(`${batchId}-1-1`);
    expect(await job?.getState()).toBe("completed");
    expect(job?.attemptsMade).toBe(1);
  });
  await pool.close(2_000);
});

test("a worker frozen past its lock and continued does nothing twice", async () => {
  startOther();
  const batchId = await makeBatch(fixture.db, 1);
  await notify(fixture.db);
  expect(await nextWord()).toBe("started");
  const ended: string[] = [];
  await fixture.startPool({
    runChunk: async (target) => {
      const outcome = await endChunk(fixture.db, target);
      ended.push(outcome.kind);
      return outcome;
    },
  });

  other.kill("SIGSTOP");
  await eventually(() => isFinished(fixture.db, batchId), { timeoutMs: 10_000 });
  other.kill("SIGCONT");
  other.send("end your chunk");

  expect(await nextWord()).toBe("stale");
  expect(ended).toEqual(["done"]);
  await eventually(async () => {
    const job = await fixture.queues["user-creation"].getJob(`${batchId}-1-1`);
    expect(await job?.getState()).toBe("completed");
  });
});
