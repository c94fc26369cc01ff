import type { Operation } from "../contract/operations.ts";

/** A chunk on its way through the queue, with all that its job is named by. */
export type QueuedChunk = {
  batchId: string;
  batchNo: number;
  chunkNo: number;
  run: number;
  operation: Operation;
  customerId: string;
  domain: string;
  rowFrom: number;
  rowTo: number;
  /** Rows that the run is about. */
  pending: number;
  /** The trace that the run belongs to. */
  traceparent: string | null;
};
