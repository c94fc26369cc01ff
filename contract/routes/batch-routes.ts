import { z } from "zod";
import { longestLookup } from "../limits.ts";
import {
  batchChangeSchema,
  batchSchema,
  batchStates,
  causeCountSchema,
  columnSchema,
  retryRequestSchema,
  retrySchema,
} from "../batch.ts";
import { agentIdSchema } from "../audit.ts";
import { chunkSchema } from "../chunk.ts";
import { decisionSchema } from "../brakes.ts";
import { causeCodes } from "../codes.ts";
import { momentSchema } from "../moment.ts";
import { operationNames, operationSlugs } from "../operations.ts";
import { pageOf, pageQuerySchema } from "../paging.ts";
import { retryPreviewSchema } from "../retry-preview.ts";
import { rowMatchShape } from "../row-match.ts";
import { templateVendorNames } from "../template-vendors.ts";
import { type Route, batchParams } from "./route.ts";
import { rowRoutes } from "./row-routes.ts";

const applySchema = z.strictObject({
  startAt: momentSchema.optional(),
  confirm: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe("The number of users that the plan hits, where the batch's brake needs that"),
});

const batch = { schema: batchSchema };

function act<const Name extends string>(name: Name, summary: string) {
  return {
    method: "post",
    path: `/v1/batches/{batchId}/${name}`,
    tag: "Batches",
    summary,
    authority: { act: "operationOfBatch", at: "batch" },
    params: batchParams,
    answers: { 202: batch },
    problems: ["batch_state"],
  } as const satisfies Route;
}

function download<const Name extends string>(name: Name, summary: string) {
  return {
    method: "get",
    path: `/v1/batches/{batchId}/${name}`,
    tag: "Batches",
    summary,
    authority: { act: "read", at: "batch" },
    params: batchParams,
    query: z.strictObject(rowMatchShape),
    answers: { 200: { type: "text/csv" } },
    problems: [],
  } as const satisfies Route;
}

/** Batches: how they are watched and what can be done to them. */
export const batchRoutes = {
  listBatches: {
    method: "get",
    path: "/v1/batches",
    tag: "Batches",
    summary: "Lists batches, the latest first",
    authority: "anyAgent",
    query: z.strictObject({
      ...pageQuerySchema.shape,
      customerId: z.uuid().optional().describe("Batches of this customer"),
      bundleId: z.uuid().optional().describe("Batches of this file for many customers"),
      state: z.enum(batchStates).optional().describe("Batches in this state"),
      operation: z.enum(operationNames).optional().describe("Batches of this operation"),
      agentId: agentIdSchema.optional().describe("Batches that this agent made; or token:environment"),
      since: momentSchema.optional().describe("Batches made from this moment on"),
      until: momentSchema.optional().describe("Batches made before this moment"),
      hasFailures: z
        .stringbool()
        .optional()
        .describe("true: batches with rows that failed or ended in part; false: those without"),
      code: z.enum(causeCodes).optional().describe("Batches with rows that failed or ended in part by this cause"),
      refused: z
        .stringbool()
        .default(false)
        .describe(
          "true: requests for one user that were refused at once as well; nothing was done, and the caller was told",
        ),
      q: z.string().max(longestLookup).optional().describe("Part of the file's name, or a batch number"),
    }),
    answers: { 200: { schema: pageOf(batchSchema) } },
    problems: [],
  },
  getBatch: {
    method: "get",
    path: "/v1/batches/{batchId}",
    tag: "Batches",
    summary: "Gives one batch with its plan and its progress",
    description:
      "The `ETag` names the batch as it is: with `If-None-Match` the answer is 304 until something moves, and in `If-Match` it stands for the plan's version.",
    authority: { act: "read", at: "batch" },
    params: batchParams,
    headers: ["If-None-Match"],
    answers: { 200: batch },
    problems: [],
  },
  changeBatch: {
    method: "patch",
    path: "/v1/batches/{batchId}",
    tag: "Batches",
    summary: "Changes mapping and options of a planned batch and plans it again; sets or takes away its start",
    authority: { act: "operationOfBatch", at: "batch" },
    params: batchParams,
    body: batchChangeSchema,
    headers: ["If-Match"],
    answers: { 200: batch },
    problems: [
      "batch_state",
      "undo_fixed",
      "plan_changed",
      "plan_without_rows",
      "confirmation_needed",
      "mapping_invalid",
      "header_ambiguous",
      "header_unrecognised",
    ],
  },
  listColumns: {
    method: "get",
    path: "/v1/batches/{batchId}/columns",
    tag: "Batches",
    summary: "Lists the columns of a batch's file with what they stand for and what they seem to be",
    authority: { act: "read", at: "batch" },
    params: batchParams,
    answers: { 200: { schema: z.object({ items: z.array(columnSchema), next: z.null() }) } },
    problems: [],
  },
  ...rowRoutes,
  listChunks: {
    method: "get",
    path: "/v1/batches/{batchId}/chunks",
    tag: "Batches",
    summary: "Lists the parts that a batch is carried out in, each with its job in Bull Board",
    authority: { act: "read", at: "batch" },
    params: batchParams,
    query: z.strictObject(pageQuerySchema.omit({ count: true }).shape),
    answers: { 200: { schema: pageOf(chunkSchema) } },
    problems: [],
  },
  listCauses: {
    method: "get",
    path: "/v1/batches/{batchId}/causes",
    tag: "Batches",
    summary: "Counts the rows of a batch by cause",
    authority: { act: "read", at: "batch" },
    params: batchParams,
    answers: { 200: { schema: pageOf(causeCountSchema) } },
    problems: [],
  },
  applyBatch: {
    ...act(
      "apply",
      "Starts a planned batch, or has it await the approval of a second agent; If-Match names the plan's version that was looked at",
    ),
    body: applySchema,
    headers: ["If-Match", "Prefer"],
    answers: { 200: batch, 202: batch },
    problems: ["batch_state", "plan_changed", "plan_without_rows", "confirmation_needed"],
  },
  approveBatch: {
    ...act("approve", "Approves a plan or a retry that another agent asked for, and starts it"),
    body: decisionSchema,
    problems: ["batch_state", "plan_changed", "approval_own", "approval_related", "approval_needed"],
  },
  refuseBatch: {
    ...act("refuse", "Refuses a plan or a retry that an agent asked for; whoever asked takes the question back so"),
    body: decisionSchema,
    problems: ["batch_state", "plan_changed"],
  },
  pauseBatch: act("pause", "Pauses a batch after the chunks that are under way"),
  resumeBatch: act("resume", "Goes on with a paused batch"),
  cancelBatch: act("cancel", "Cancels what a batch has not done yet"),
  retryBatch: {
    ...act(
      "retry",
      "Tries failed and partial rows again: all, those with some causes, or some rows; cancelled rows where they are named so. Rows that hit many users await the approval of a second agent first, and the number of several has to be named",
    ),
    body: retryRequestSchema,
    problems: ["batch_state", "approval_needed", "confirmation_needed"],
  },
  undoBatch: {
    method: "post",
    path: "/v1/batches/{batchId}/undo",
    tag: "Batches",
    summary: "Plans a batch that puts back what an ended batch changed",
    description:
      "The answer is the plan of that batch, which is looked at, applied, retried and undone as any other. A row whose user somebody has changed since stays as it is and says so: changed_since.",
    authority: { act: "undoBatch", at: "batch" },
    params: batchParams,
    answers: { 201: batch },
    problems: ["batch_state", "nothing_to_undo", "undo_impossible", "undo_exists"],
  },
  previewRetry: {
    method: "post",
    path: "/v1/batches/{batchId}/retry-preview",
    tag: "Batches",
    summary: "Tells what a retry would do now: which rows go on, and which fail again and why; it changes nothing",
    authority: { act: "operationOfBatch", at: "batch" },
    reads: true,
    params: batchParams,
    body: retrySchema,
    answers: { 200: { schema: retryPreviewSchema } },
    problems: ["batch_state", "approval_needed"],
  },
  downloadResults: download("results.csv", "Streams the file with the outcome of each row"),
  downloadFailed: download("failed.csv", "Streams the rows that failed, ready to mend and send again"),
  downloadPasswords: {
    method: "post",
    path: "/v1/batches/{batchId}/passwords",
    tag: "Batches",
    summary: "Streams the temporary passwords of a batch, or of those of its rows that fit; each download is audited",
    authority: { act: "passwordsOfBatch", at: "batch" },
    params: batchParams,
    body: z.strictObject(rowMatchShape),
    answers: { 200: { type: "text/csv" } },
    problems: ["passwords_expired"],
  },
  downloadTemplate: {
    method: "get",
    path: "/v1/templates/{operation}.csv",
    tag: "Batches",
    summary: "Gives an empty spreadsheet to fill in",
    authority: "anyAgent",
    params: z.object({ operation: z.enum(operationSlugs).describe("What the rows are for") }),
    query: z.strictObject({
      vendor: z
        .enum(templateVendorNames)
        .optional()
        .describe("Gives the template of another program; not_found where it has none for the operation"),
    }),
    answers: { 200: { type: "text/csv" } },
    problems: [],
  },
  streamEvents: {
    method: "get",
    path: "/v1/events",
    tag: "Batches",
    summary: "Streams hints that a batch moved, as server-sent events `batch` { batchId, seq } and `resync`",
    authority: "anyAgent",
    answers: { 200: { type: "text/event-stream" } },
    problems: [],
  },
} as const satisfies Record<string, Route>;
