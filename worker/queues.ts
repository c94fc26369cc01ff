import type { DefaultJobOptions, Queue } from "bullmq";
import { queueNames } from "../contract/operations.ts";
import type { QueueName } from "../contract/operations.ts";
import { BACKOFF } from "./backoff-delay.ts";
import type { QueueBackend } from "./queue-backend.ts";

export type Queues = Record<QueueName, Queue>;

// Where each fails at once, their waits sum up to about a minute and a half; after that the dispatcher queues the chunk anew.
const ATTEMPTS = 30;
const DAY_SECONDS = 86_400;

const jobDefaults: DefaultJobOptions = {
  attempts: ATTEMPTS,
  backoff: { type: BACKOFF },
  removeOnComplete: { age: DAY_SECONDS },
  removeOnFail: { age: 30 * DAY_SECONDS },
  // Stacks hold paths; and on Redis a job that failed and then succeeded would keep looking failed.
  stackTraceLimit: 0,
};

/** What one job in thirty-two asks for besides: on Postgres counting the kept jobs costs each end of a job 2 ms. */
export const trimOptions: DefaultJobOptions = {
  removeOnComplete: { age: DAY_SECONDS, count: 1_000 },
  removeOnFail: { age: 30 * DAY_SECONDS, count: 5_000 },
};

/** Opens every queue of the contract, for adding jobs and for Bull Board; none of them takes a job. */
export function openQueues(backend: QueueBackend): Queues {
  const open = (name: QueueName): [QueueName, Queue] => [
    name,
    backend.openQueue(name, { defaultJobOptions: jobDefaults, streams: { events: { maxLen: 1_000 } } }),
  ];
  return Object.fromEntries(queueNames.map(open)) as Queues;
}

/** Closes every queue; what they share is the backend's to close. */
export async function closeQueues(queues: Queues): Promise<void> {
  await Promise.allSettled(queueNames.map((name) => queues[name].close()));
}
