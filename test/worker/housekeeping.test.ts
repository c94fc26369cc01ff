import { afterAll, beforeAll, expect, test } from "vitest";
import { scheduleSweeps } from "../../worker/housekeeping.ts";
import { eventually } from "../support/eventually.ts";
import { openQueueFixture } from "./queue-fixture.ts";
import type { QueueFixture } from "./queue-fixture.ts";

let fixture: QueueFixture;

beforeAll(async () => {
  fixture = await openQueueFixture();
});

afterAll(() => fixture.close());

test("a worker sweeps soon after its start and notes what it swept", async () => {
  await fixture.startPool({ sweep: async () => ({ passwords: 3 }) });
  await eventually(async () => {
    const jobs = await fixture.queues.housekeeping.getJobs(["completed"]);
    expect(jobs.map((job) => job.returnvalue)).toEqual([{ passwords: 3 }]);
  });
});

test("several processes that schedule the sweep at once make one schedule", async () => {
  const queue = fixture.queues.housekeeping;
  await queue.removeJobScheduler("sweep");
  await Promise.all(Array.from({ length: 6 }, () => scheduleSweeps(queue)));
  expect(await queue.getJobSchedulersCount()).toBe(1);
  await scheduleSweeps(queue);
  expect(await queue.getJobSchedulersCount()).toBe(1);
});

test("a sweep that a wrong clock has put off for a month is scheduled anew", async () => {
  const queue = fixture.queues.housekeeping;
  await queue.removeJobScheduler("sweep");
  const startDate = Date.now() + 31 * 86_400_000;
  await queue.upsertJobScheduler("sweep", { every: 300_000, startDate }, { name: "sweep", data: {} });
  expect((await queue.getJobScheduler("sweep"))?.next).toBeGreaterThan(startDate - 600_000);
  await scheduleSweeps(queue);
  expect((await queue.getJobScheduler("sweep"))?.next).toBeLessThan(startDate - 600_000);
});
