import type { Queue } from "bullmq";
import type { RequestHandler } from "express";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** Measures requests, and prints everything in Prometheus' text format. */
export type Metrics = { contentType: string; measure: RequestHandler; print(): Promise<string>; close(): void };

/** Makes the metrics of one api process: its own, its requests by route, and what the queues tell of their jobs. */
export function makeMetrics(queues: Queue[]): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: "muster_http_request_duration_seconds",
    help: "Time to answer, by route",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  const countJobs = countedJobs(registry);
  return {
    contentType: registry.contentType,
    measure(req, res, next) {
      const end = durations.startTimer({ method: req.method });
      res.once("close", () => {
        end({ route: (res.locals["route"] as string | undefined) ?? "none", status: res.statusCode });
      });
      next();
    },
    async print() {
      await countJobs(queues);
      return await registry.metrics();
    },
    close: () => registry.clear(),
  };
}

/** A queue that has not answered by then is told as out of reach. */
const answersWithinMs = 3_000;

/**
 * Registers what queues tell of their jobs, under the names of BullMQ's own export, and gives what asks them anew. Of a
 * queue out of reach only that is told: every other number would be a guess.
 */
function countedJobs(registry: Registry): (queues: readonly Queue[]) => Promise<void> {
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
  return async (queues) => {
    const told = await Promise.all(queues.map(async (queue) => ({ queue: queue.name, jobs: await askQueue(queue) })));
    for (const metric of [up, states, completed, failed]) metric.reset();
    for (const { queue, jobs } of told) {
      up.set({ queue }, jobs === null ? 0 : 1);
      if (jobs === null) continue;
      for (const [state, count] of Object.entries(jobs.states)) states.set({ queue, state }, count);
      completed.inc({ queue }, jobs.completed);
      failed.inc({ queue }, jobs.failed);
    }
  };
}

type Jobs = { states: Record<string, number>; completed: number; failed: number };

/** What the queue tells of its jobs, over all processes; null where it is out of reach. */
async function askQueue(queue: Queue): Promise<Jobs | null> {
  const asked = Promise.all([
    queue.getJobCounts(),
    queue.getMetrics("completed", 0, 0),
    queue.getMetrics("failed", 0, 0),
  ])
    .then(([states, completed, failed]) => ({ states, completed: completed.meta.count, failed: failed.meta.count }))
    .catch(() => null);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), answersWithinMs);
  });
  return await Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
