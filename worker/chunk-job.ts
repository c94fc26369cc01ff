import { operations } from "../contract/operations.ts";
import type { Operation, QueueName } from "../contract/operations.ts";
import type { QueuedChunk } from "../core/queued-chunk.ts";

/** The name under which people see the job in Bull Board. */
export function chunkJobName({ domain, batchNo, rowFrom, rowTo }: QueuedChunk): string {
  return `${domain} · batch ${batchNo} · rows ${rowFrom}–${rowTo}`;
}

/** The queue that carries the chunks of `operation`. */
export function queueOf(operation: Operation): QueueName {
  return operations[operation].queue;
}
