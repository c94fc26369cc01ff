import { z } from "zod";
import { rowCountsSchema } from "./chunk.ts";
import { placedGrantSchema } from "./authority.ts";
import { batchStates, personSchema } from "./batch.ts";
import { causeCodes } from "./codes.ts";
import { operationNames } from "./operations.ts";

const count = z.number().int();
const customer = z.object({ id: z.uuid(), name: z.string() });

export const overviewQuerySchema = z.strictObject({
  days: z.coerce.number().int().min(1).max(30).default(7).describe("How far back failures count"),
});

/** A batch in a few words. */
const batchBriefSchema = z.object({
  batchId: z.uuid(),
  batchNo: count,
  customer,
  operation: z.enum(operationNames),
  fileName: z.string().nullable(),
  person: personSchema.nullable().describe("Whom a batch of one row is about"),
  state: z.enum(batchStates),
  rows: count,
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});

/** What agents look at first: what failed, what waits for somebody, what runs out. Each list has the first 50. */
export const overviewSchema = z.object({
  failures: z
    .array(
      z.object({
        code: z.enum(causeCodes),
        title: z.string(),
        rows: count,
        batches: count,
        customers: count,
        firstAt: z.iso.datetime().describe("When the first of these batches ended"),
        lastAt: z.iso.datetime(),
        latest: z
          .array(batchBriefSchema.extend({ failed: count.describe("Rows of it with this cause") }))
          .describe("The five latest batches, whose rows can be shown and retried"),
      }),
    )
    .describe("Rows that ran, or were applied, and ended failed or partial, by cause"),
  waiting: z
    .array(batchBriefSchema.extend({ startAt: z.iso.datetime().nullable(), stopped: z.string().nullable() }))
    .describe("Plans that nobody has started or that await approval, paused batches and scheduled ones"),
  seats: z
    .array(z.object({ customer, skuId: z.uuid(), name: z.string(), total: count, available: count }))
    .describe("Products of which one seat in twenty is free, or fewer; the emptiest first"),
  passwords: z
    .array(z.object({ customer, batchId: z.uuid(), batchNo: count, passwords: count, expiresAt: z.iso.datetime() }))
    .describe("Batches whose temporary passwords end within two days and were not used so far"),
  grants: z
    .array(placedGrantSchema)
    .describe("Grants that end within 30 days: all of them for Admin agents, else the agent's own"),
});

const { succeeded, unchanged, partial, failed } = rowCountsSchema.shape;
const ended = { succeeded, unchanged, partial, failed };

const spanSchema = z.object({ at: z.iso.datetime().describe("When the span begins"), ...ended });

/** How many rows ended when, by outcome. */
export const paceSchema = z.object({
  seconds: count.describe("The length of each span"),
  spans: z.array(spanSchema).describe("Spans in which rows ended, in the order of time; all others are empty"),
});

export const batchRunsSchema = paceSchema.extend({
  runs: z
    .array(
      z.object({
        no: count.describe("1 is the first; each retry is one more"),
        by: z.string().describe("Who started it"),
        startedAt: z.iso.datetime(),
        endedAt: z.iso.datetime().nullable().describe("When the last of its rows ended so far"),
        ...ended,
      }),
    )
    .describe("The first run of the batch and its retries, with the rows that ended in each"),
});

export type Pace = z.infer<typeof paceSchema>;
export type RunsOfBatch = z.infer<typeof batchRunsSchema>;
export type Overview = z.infer<typeof overviewSchema>;
