import { z } from "zod";
import { queueNames } from "./operations.ts";

const count = z.number().int();

/** A job as Bull Board finds it; it is kept there for a day, for 30 where it failed. */
export const jobSchema = z.object({
  queue: z.enum(queueNames),
  jobId: z.string().describe("Opens at /queues/queue/{queue}/{jobId}"),
});

/** How many rows stand how. */
export const rowCountsSchema = z.object({
  pending: count,
  succeeded: count,
  unchanged: count,
  partial: count,
  failed: count,
  cancelled: count,
});

const chunkStates = ["planned", "ready", "queued", "done"] as const;

/** A part of a batch that one job carries out, with how its rows stand. */
export const chunkSchema = z.object({
  no: count.describe("1 is the first"),
  rowFrom: count,
  rowTo: count,
  state: z.enum(chunkStates),
  run: count.describe("How often it was queued; 0 before the first time"),
  job: jobSchema.nullable().describe("The job of its latest run; null before the first"),
  totals: rowCountsSchema,
});

export type Job = z.infer<typeof jobSchema>;
export type Chunk = z.infer<typeof chunkSchema>;
export type ChunkState = (typeof chunkStates)[number];

/** Rows of the first chunk of a batch: as many as tell whether one cause makes most rows fail. */
export const firstChunkRows = 200;

/** Rows of every other chunk: 500 to 2,000 were measured alike, 100 cost 40 % more. */
export const chunkRows = 1000;

/** The id of the job of one run of one chunk; the queue would ignore an id that it has seen before, hence the run. */
export function chunkJobId({ batchId, chunkNo, run }: { batchId: string; chunkNo: number; run: number }): string {
  return `${batchId}-${chunkNo}-${run}`;
}

/** The address of a job in Bull Board. */
export function jobAddress({ queue, jobId }: Job): string {
  return `/queues/queue/${queue}/${jobId}`;
}
