import type { Queue } from "bullmq";
import { Counter, Gauge } from "prom-client";
import { within } from "../db/within.ts";
import type { Monitor } from "./monitor.ts";

/** A queue that has not answered by then is told as out of reach. */
const answersWithinMs = 3_000;

/**
 * Tells what queues know of their jobs, under the names of BullMQ's own export. Of a queue out of reach only that is told:
 * every other number would be a guess.
 */
export function watchQueues({ registry, onPrint }: Monitor, queues: readonly Queue[]): void {
  const registers = [registry];
  const up = new Gauge({
    name: "muster_queue_up",
    help: "1 where the queue answers",
    labelNames: ["queue"],
    registers,
  });
  const states = new Gauge({
    name: "bullmq_job_count",
    help: "Number of jobs in the queue by state",
    labelNames: ["queue", "state"],
    registers,
  });
  const completed = new Counter({
    name: "bullmq_job_completed_total",
    help: "Total number of completed jobs",
    labelNames: ["queue"],
    registers,
  });
  const failed = new Counter({
    name: "bullmq_job_failed_total",
    help: "Total number of failed jobs",
    labelNames: ["queue"],
    registers,
  });
  onPrint(async () => {
    const told = await Promise.all(queues.map(async (queue) => ({ queue: queue.name, jobs: await askQueue(queue) })));
    for (const metric of [up, states, completed, failed]) metric.reset();
    for (const { queue, jobs } of told) {
      up.set({ queue }, jobs === null ? 0 : 1);
      if (jobs === null) continue;
      for (const [state, count] of Object.entries(jobs.states)) states.set({ queue, state }, count);
      completed.inc({ queue }, jobs.completed);
      failed.inc({ queue }, jobs.failed);
    }
  });
}

type Jobs = { states: Record<string, number>; completed: number; failed: number };

/** What the queue tells of its jobs, over all processes; null where it is out of reach. */
async function askQueue(queue: Queue): Promise<Jobs | null> {
  const asked = Promise.all([
    queue.getJobCounts(),
    queue.getMetrics("completed", 0, 0),
    queue.getMetrics("failed", 0, 0),
  ]).then(([states, completed, failed]) => ({ states, completed: completed.meta.count, failed: failed.meta.count }));
  return await within(answersWithinMs, asked).catch(() => null);
}
