import { afterAll, beforeAll, expect, test } from "vitest";
import { RowsFailed } from "../../worker/job-faults.ts";
import { retryJob } from "../../worker/retry-job.ts";
import { workerOptions } from "../../worker/worker-options.ts";
import { eventually } from "../support/eventually.ts";
import { openQueueFixture } from "./queue-fixture.ts";
import type { QueueFixture } from "./queue-fixture.ts";

let fixture: QueueFixture;
let failing = true;
let closeWorker: () => Promise<void>;

beforeAll(async () => {
  fixture = await openQueueFixture();
  const worker = fixture.backend.openWorker(
    "user-restores",
    async () => {
      if (failing) throw new RowsFailed({ failed: { upn_taken: 1 }, partial: {} }, 1);
    },
    { ...workerOptions, concurrency: 2 },
  );
  closeWorker = () => worker.close();
});

afterAll(async () => {
  await closeWorker();
  await fixture.close();
});

async function addedAnd(state: string, jobId: string): Promise<void> {
  const queue = fixture.queues["user-restores"];
  await queue.add("job", {}, { jobId });
  await inState(state, jobId);
}

async function inState(state: string, jobId: string): Promise<void> {
  await eventually(async () => {
    const job = await fixture.queues["user-restores"].getJob(jobId);
    return (await job?.getState()) === state;
  });
}

test("a failed job is retried with all its attempts", async () => {
  failing = true;
  await addedAnd("failed", "chunk-1-1");
  await (await fixture.queues["user-restores"].getJob("chunk-1-1"))?.updateProgress({ progress: 100 });
  failing = false;
  expect(await retryJob(fixture.queues["user-restores"], "chunk-1-1")).toBe("retried");
  await inState("completed", "chunk-1-1");
  const job = await fixture.queues["user-restores"].getJob("chunk-1-1");
  expect(job?.attemptsMade).toBe(1);
  expect(job?.progress).toBe(0);
});

test("of two retries at once one is told that the job is not failed any more", async () => {
  failing = true;
  await addedAnd("failed", "chunk-2-1");
  failing = false;
  const outcomes = await Promise.all([1, 2].map(() => retryJob(fixture.queues["user-restores"], "chunk-2-1")));
  expect(outcomes.sort()).toEqual(["job_not_failed", "retried"]);
});

test("a completed job is never retried, and a job nobody knows is not found", async () => {
  failing = false;
  await addedAnd("completed", "chunk-3-1");
  expect(await retryJob(fixture.queues["user-restores"], "chunk-3-1")).toBe("job_not_failed");
  expect(await retryJob(fixture.queues["user-restores"], "chunk-4-1")).toBe("job_not_found");
});
