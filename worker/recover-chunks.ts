import type { Queue } from "bullmq";
import type { Database } from "../db/open-database.ts";
import { queuedChunks, releaseLostChunks } from "../core/batches/run/queued-chunks.ts";
import type { QueuedRun } from "../core/batches/run/queued-chunks.ts";
import { chunkJobId } from "../contract/chunk.ts";
import { queueOf } from "./chunk-job.ts";
import type { Queues } from "./queues.ts";
import { within } from "../db/within.ts";

const QUIET_SECONDS = 3;
const LIMIT_MS = 10_000;

// Bounds the work of one look at a long queue (1 ms a job); who is not drawn now is drawn at one of the next looks.
const SAMPLE = 100;

const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 600_000;

/**
 * Makes chunks ready again whose job is gone from the queue, or ended without them: a queue wiped clean is no loss. A chunk
 * whose job failed for good comes back after a pause, 15 s at its first run and up to 10 min at later ones.
 * @returns how many chunks came back.
 */
export async function recoverChunks(db: Database, queues: Queues, now: () => number = Date.now): Promise<number> {
  const queued = sample(await queuedChunks(db, QUIET_SECONDS));
  const lost = await within(LIMIT_MS, findLost(queues, queued, now));
  await releaseLostChunks(db, lost);
  return lost.length;
}

async function findLost(queues: Queues, queued: readonly QueuedRun[], now: () => number): Promise<QueuedRun[]> {
  const lost = await Promise.all(queued.map(async (chunk) => isLost(queues[queueOf(chunk.operation)], chunk, now)));
  return queued.filter((_chunk, index) => lost[index]);
}

async function isLost(queue: Queue, chunk: QueuedRun, now: () => number): Promise<boolean> {
  const jobId = chunkJobId(chunk);
  const state = await queue.getJobState(jobId);
  // Gone, or a piece that is in no list: whoever writes to a job that was wiped away, such as its progress, leaves one.
  if (state === "unknown") return true;
  // A job that completed while its chunk is still queued did nothing; if the chunk is done by now, the release leaves it alone.
  if (state === "completed") return true;
  if (state !== "failed") return false;
  const job = await queue.getJob(jobId);
  return now() >= (job?.finishedOn ?? 0) + pauseAfter(chunk.run);
}

function pauseAfter(run: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (run - 1), LONGEST_PAUSE_MS);
}

function sample(chunks: readonly QueuedRun[]): readonly QueuedRun[] {
  if (chunks.length <= SAMPLE) return chunks;
  const start = Math.floor(Math.random() * (chunks.length - SAMPLE + 1));
  return chunks.slice(start, start + SAMPLE);
}
