import { z } from "zod";
import {
  bundleDecisionSchema,
  bundleSchema,
  decidedBundleSchema,
  questionSchema,
  refusedRowSchema,
} from "../bundle.ts";
import { longestLookup } from "../limits.ts";
import { pageOf, pageQuerySchema } from "../paging.ts";
import { bundleParams, type Route } from "./route.ts";

const bundle = { schema: bundleSchema };

const applySchema = z.strictObject({
  confirm: z.number().int().min(0).optional().describe("`toConfirm` of the file, where it is not 0"),
});

function decide<const Name extends string>(name: Name, summary: string) {
  return {
    method: "post",
    path: `/v1/bundles/{bundleId}/${name}`,
    tag: "Batches",
    summary,
    description:
      "Each batch is asked about as if it were alone: a yes is for the version of its plan, by an agent who may give it at that customer. Where that holds for some, those are answered and `left` names all others, those that somebody else has answered meanwhile among them; where it holds for none, the answer is what hinders the first.",
    authority: "eachCustomer",
    params: bundleParams,
    body: bundleDecisionSchema,
    answers: { 202: { schema: decidedBundleSchema } },
    problems: ["batch_state", "plan_changed"],
  } as const satisfies Route;
}

function download<const Name extends string>(name: Name, summary: string) {
  return {
    method: "get",
    path: `/v1/bundles/{bundleId}/${name}`,
    tag: "Batches",
    summary,
    authority: "eachCustomer",
    params: bundleParams,
    answers: { 200: { type: "text/csv" } },
    problems: [],
  } as const satisfies Route;
}

/** Files for many customers: each is seen as far as its customers are. Their batches are listed and carried out as all others. */
export const bundleRoutes = {
  listBundles: {
    method: "get",
    path: "/v1/bundles",
    tag: "Batches",
    summary: "Lists files for many customers, the latest first",
    authority: "eachCustomer",
    query: z.strictObject({
      ...pageQuerySchema.shape,
      q: z.string().max(longestLookup).optional().describe("Part of the file's name, or its number"),
    }),
    answers: { 200: { schema: pageOf(bundleSchema) } },
    problems: [],
  },
  getBundle: {
    method: "get",
    path: "/v1/bundles/{bundleId}",
    tag: "Batches",
    summary: "Gives a file for many customers, with its batches and rows counted",
    authority: "eachCustomer",
    params: bundleParams,
    answers: { 200: bundle },
    problems: [],
  },
  applyBundle: {
    method: "post",
    path: "/v1/bundles/{bundleId}/apply",
    tag: "Batches",
    summary: "Applies all batches of a file that are ready; those that need an approval ask for it",
    authority: "eachCustomer",
    params: bundleParams,
    body: applySchema,
    answers: { 202: bundle },
    problems: ["confirmation_needed"],
  },
  listQuestions: {
    method: "get",
    path: "/v1/bundles/{bundleId}/questions",
    tag: "Batches",
    summary: "Lists the batches of a file that await approval, with what each hits and whether the caller may answer",
    authority: "eachCustomer",
    params: bundleParams,
    answers: { 200: { schema: z.object({ items: z.array(questionSchema), next: z.null() }) } },
    problems: [],
  },
  approveBundle: {
    ...decide("approve", "Approves plans and retries of a file that another agent asked for, all at once"),
    problems: ["batch_state", "plan_changed", "approval_own", "approval_related", "approval_needed"],
  },
  refuseBundle: decide(
    "refuse",
    "Refuses plans and retries of a file that an agent asked for; whoever asked takes them back so",
  ),
  resumeBundle: {
    method: "post",
    path: "/v1/bundles/{bundleId}/resume",
    tag: "Batches",
    summary: "Goes on with all paused batches of a file",
    authority: "eachCustomer",
    params: bundleParams,
    answers: { 202: bundle },
    problems: [],
  },
  listRefused: {
    method: "get",
    path: "/v1/bundles/{bundleId}/refused",
    tag: "Batches",
    summary: "Lists the rows that went into no batch, for whoever sent the file",
    authority: "eachCustomer",
    params: bundleParams,
    query: pageQuerySchema,
    answers: { 200: { schema: pageOf(refusedRowSchema) } },
    problems: [],
  },
  downloadBundleResults: download(
    "results.csv",
    "Gives the file with the outcome of each row, in its own order, whatever the customer",
  ),
  downloadBundleFailed: download(
    "failed.csv",
    "Gives the rows of the file that failed or were refused, in its own order, ready to mend and send again",
  ),
} as const satisfies Record<string, Route>;
