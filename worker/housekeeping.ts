import type { Queue, Worker } from "bullmq";
import { TransientFault } from "../db/faults.ts";
import type { Log } from "../db/log.ts";
import { logFault } from "../db/log-fault.ts";
import { cleanFault } from "./job-faults.ts";
import type { QueueBackend } from "./queue-backend.ts";
import { workerOptions } from "./worker-options.ts";

const QUEUE = "housekeeping";
const SCHEDULE = "sweep";
const EVERY_MS = 5 * 60_000;

/** Sees to it that a sweep is scheduled every five minutes, from now on, however many processes call this at once. */
export async function scheduleSweeps(queue: Queue): Promise<void> {
  const next = await nextSweep(queue);
  if (isSoon(next)) return;
  // A process with a wrong clock has put it off; a schedule that is there keeps its time.
  if (next !== undefined && next > Date.now()) await queue.removeJobScheduler(SCHEDULE);
  try {
    await queue.upsertJobScheduler(
      SCHEDULE,
      { every: EVERY_MS },
      {
        name: SCHEDULE,
        data: {},
        opts: { attempts: 1, removeOnComplete: { count: 100 }, removeOnFail: { count: 100 } },
      },
    );
  } catch (error) {
    // Several processes at once: one of them wrote the schedule, and the others hear that its first job exists.
    if (!isSoon(await nextSweep(queue))) throw error;
  }
}

async function nextSweep(queue: Queue): Promise<number | undefined> {
  return (await queue.getJobScheduler(SCHEDULE))?.next;
}

// A schedule whose next job is long overdue has lost that job.
function isSoon(next: number | undefined): boolean {
  return next !== undefined && next > Date.now() - EVERY_MS && next < Date.now() + 2 * EVERY_MS;
}

/** Opens the Worker that sweeps; the job's result is what was swept, by kind. */
export function openSweeper(
  backend: QueueBackend,
  sweep: () => Promise<Record<string, number>>,
  log: Log,
): Worker<Record<string, never>> {
  return backend.openWorker(
    QUEUE,
    async () => {
      try {
        return await sweep();
      } catch (thrown) {
        const fault = cleanFault(thrown);
        if (fault instanceof TransientFault) logFault(log, fault, "a sweep broke off and will be tried again");
        else log.error({ err: thrown }, "a sweep broke off");
        throw fault;
      }
    },
    { ...workerOptions, concurrency: 1 },
  );
}
