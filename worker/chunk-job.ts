import { operations } from "../contract/operations.ts";
import type { Operation, QueueName } from "../contract/operations.ts";
import type { QueuedChunk } from "../core/chunks/claim-chunks.ts";
import type { ChunkTarget } from "../core/chunks/hold-chunk.ts";

/** The id of the job of one run of one chunk; the queue would ignore an id that it has seen before, hence the run. */
export function chunkJobId({ batchId, chunkNo, run }: ChunkTarget): string {
  return `${batchId}-${chunkNo}-${run}`;
}

/** The name under which people see the job in Bull Board. */
export function chunkJobName({ domain, batchNo, rowFrom, rowTo }: QueuedChunk): string {
  return `${domain} · batch ${batchNo} · rows ${rowFrom}–${rowTo}`;
}

/** The queue that carries the chunks of `operation`. */
export function queueOf(operation: Operation): QueueName {
  return operations[operation].queue;
}
