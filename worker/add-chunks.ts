import type { JobsOptions, Queue } from "bullmq";
import type { QueuedChunk } from "../core/queued-chunk.ts";
import type { ChunkTarget } from "../core/batches/run/hold-chunk.ts";
import { chunkJobId } from "../contract/chunk.ts";
import { carriedTrace } from "./job-spans.ts";
import { chunkJobName, queueOf } from "./chunk-job.ts";
import { trimOptions } from "./queues.ts";
import type { Queues } from "./queues.ts";
import type { Log } from "../db/log.ts";
import { logFault } from "../db/log-fault.ts";
import { within } from "../db/within.ts";

const LIMIT_MS = 5_000;

// On Postgres one `addBulk` takes 5 ms whatever its size (it makes temporary tables) and one `add` 0.6 ms.
const FEW = 8;

const TRIM_EVERY = 32;

// So few rows cost next to nothing, and somebody waits for them: they go in front of large chunks.
const fewRows = 10;

/**
 * Puts one job into the right queue for each chunk. Those that do not get there, because the queue is out of reach, stay
 * `queued` in our tables, and recovery finds them. The jobs of a chunk's earlier runs are taken away: what they say of it,
 * such as that rows failed, is no longer so.
 * @throws the first error of the queue, after all chunks were tried.
 */
export async function addChunks(queues: Queues, chunks: readonly QueuedChunk[]): Promise<void> {
  const names = [...new Set(chunks.map((chunk) => queueOf(chunk.operation)))];
  const added = await Promise.allSettled(
    names.map((name) => {
      const own = chunks.filter((chunk) => queueOf(chunk.operation) === name);
      return within(LIMIT_MS, add(queues[name], own));
    }),
  );
  const failed = added.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

/** Makes what puts a chunk into its queue without being waited for; recovery finds one that does not get there. */
export function makeEnqueue(queues: Queues, log: Log): (chunk: QueuedChunk) => void {
  return (chunk) => {
    addChunks(queues, [chunk]).catch((err: unknown) =>
      logFault(log, err, "a chunk did not get into the queue and will be put there again"),
    );
  };
}

async function add(queue: Queue, chunks: readonly QueuedChunk[]): Promise<void> {
  const jobs = chunks.map(makeJob);
  if (jobs.length > FEW) await queue.addBulk(jobs);
  else await Promise.all(jobs.map((job) => queue.add(job.name, job.data, job.opts)));
  await Promise.all(chunks.flatMap(earlierRuns).map((jobId) => queue.remove(jobId)));
}

function earlierRuns({ batchId, chunkNo, run }: QueuedChunk): string[] {
  return Array.from({ length: run - 1 }, (_, at) => chunkJobId({ batchId, chunkNo, run: at + 1 }));
}

function makeJob(chunk: QueuedChunk): { name: string; data: ChunkTarget; opts: JobsOptions } {
  const { batchId, batchNo, chunkNo, run, pending, traceparent } = chunk;
  const trimming = (batchNo + chunkNo) % TRIM_EVERY === 0 ? trimOptions : {};
  return {
    name: chunkJobName(chunk),
    data: { batchId, chunkNo, run },
    opts: {
      ...trimming,
      jobId: chunkJobId(chunk),
      lifo: pending <= fewRows,
      ...carriedTrace(traceparent),
    },
  };
}
