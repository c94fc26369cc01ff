import { MetricsTime } from "bullmq";
import type { WorkerOptions } from "bullmq";
import { backoffDelay } from "./backoff-delay.ts";

/**
 * What every Worker has in common. With these times another worker picks up a killed one's job in 3 to 6 s (by BullMQ's
 * defaults after 59 s), and all go on within a second after an outage of the database.
 */
export const workerOptions: Omit<WorkerOptions, "connection" | "prefix"> = {
  lockDuration: 5_000,
  stalledInterval: 1_000,
  // Each crash of a worker counts as a stall; with the default of 1 the second crash would fail the job for good.
  maxStalledCount: 100,
  runRetryDelay: 1_000,
  // Without it the queue counts no ended job: /metrics and Bull Board would say 0 of them for ever.
  metrics: { maxDataPoints: MetricsTime.ONE_WEEK },
  settings: { backoffStrategy: (attemptsMade) => backoffDelay(attemptsMade) },
};
