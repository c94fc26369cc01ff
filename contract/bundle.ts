import { z } from "zod";
import { batchOptionsSchema, batchStates } from "./batch.ts";
import { rowCountsSchema } from "./chunk.ts";
import { causeCodes } from "./codes.ts";
import { uploadOptionsSchema } from "./new-batch.ts";
import { operationNames } from "./operations.ts";

/** Options of a batch that mean the same at every customer. */
const bundleOptionsSchema = batchOptionsSchema.omit({ domain: true, skus: true });

export type BundleOptions = z.infer<typeof bundleOptionsSchema>;

/** How a file for many customers is meant: query parameters, or the part `options` of a multipart body, which wins. */
export const bundleUploadSchema = uploadOptionsSchema.omit({ domain: true, skus: true, confirm: true });

/** How many customers one file may be about. */
export const mostCustomers = 1000;

const count = z.number().int();

export const bundleSchema = z.object({
  id: z.uuid(),
  no: count.describe("Short running number that people say to each other"),
  operation: z.enum(operationNames),
  fileName: z.string().nullable(),
  options: bundleOptionsSchema,
  notes: z.array(z.string()).describe("What was done to the file on the way in, one sentence each"),
  rows: count.describe("Rows of the file, the refused ones included"),
  refused: count.describe("Rows that went into no batch: their customer is unknown, or the agent may not act there"),
  batches: count.describe("Batches of the file that the caller may see, one for each customer"),
  states: z
    .partialRecord(z.enum(batchStates), count)
    .describe("How many of these batches are in each state; states of none are left out"),
  totals: z.object(rowCountsSchema.shape).describe("Rows of these batches"),
  toConfirm: count.describe("Users whom those ready plans hit whose number has to be named before they start"),
  toApprove: count.describe("Those ready plans that need the yes of a second agent, for which apply asks"),
  why: z
    .string()
    .nullable()
    .describe("Why they need it because of all that the file hits, in a sentence; null: each for itself, or none"),
  createdBy: z.string(),
  createdById: z.string(),
  createdAt: z.iso.datetime(),
  links: z.record(z.string(), z.string()),
});

export const refusedRowSchema = z.object({
  rowNo: count.describe("The first row under the header is 1"),
  input: z.record(z.string(), z.string()).describe("Header → cell, as the file has them; a password reads (password)"),
  code: z.enum(causeCodes),
  field: z.string().nullable(),
  message: z.string(),
});

export type Bundle = z.infer<typeof bundleSchema>;
export type RefusedRow = z.infer<typeof refusedRowSchema>;
