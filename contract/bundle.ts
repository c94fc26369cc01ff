import { z } from "zod";
import { batchOptionsSchema, batchStates } from "./batch.ts";
import { approvalSchema, decisionSchema, hitsSchema } from "./brakes.ts";
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

const hindranceSchema = z
  .object({ code: z.string().describe("What the same act on that batch alone would answer with"), message: z.string() })
  .nullable();

/** A batch of a file that awaits the yes of a second agent: what its plan or its retry hits, and whether the caller may answer. */
export const questionSchema = z.object({
  batchId: z.uuid(),
  batchNo: count,
  customerId: z.uuid(),
  customerName: z.string(),
  hits: hitsSchema,
  ...approvalSchema.omit({ decision: true }).shape,
  approve: hindranceSchema.describe("Why the caller may not approve it; null: they may"),
  refuse: hindranceSchema.describe("Why the caller may not refuse it, or take it back; null: they may"),
});

const seenPlanSchema = z.strictObject({
  batchId: z.uuid().toLowerCase(),
  planVersion: decisionSchema.shape.planVersion,
});

/** One answer to the questions of several batches of a file. */
export const bundleDecisionSchema = z.strictObject({
  plans: z
    .array(seenPlanSchema)
    .min(1)
    .max(mostCustomers)
    .refine((plans) => new Set(plans.map(({ batchId }) => batchId)).size === plans.length, "Name each batch once")
    .describe("The plans that were looked at, each with its version: no other ones are answered for"),
  note: decisionSchema.shape.note,
});

/** A file whose questions were answered; the named batches for which nothing was decided are in `left`. */
export const decidedBundleSchema = bundleSchema.extend({
  left: z
    .array(
      z.object({
        batchId: z.uuid(),
        batchNo: count,
        customerName: z.string(),
        code: z.string(),
        message: z.string(),
      }),
    )
    .describe(
      "Named batches for which nothing was decided, each with why: those that wait on, and those that do no more",
    ),
});

export type Question = z.infer<typeof questionSchema>;
export type BundleDecision = z.infer<typeof bundleDecisionSchema>;
export type DecidedBundle = z.infer<typeof decidedBundleSchema>;
export type Bundle = z.infer<typeof bundleSchema>;
export type RefusedRow = z.infer<typeof refusedRowSchema>;
