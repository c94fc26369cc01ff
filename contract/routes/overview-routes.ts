import { activitySchema } from "../activity.ts";
import {
  nameCheckQuerySchema,
  nameCheckSchema,
  suggestionQuerySchema,
  suggestionSchema,
  takenNamesSchema,
} from "../name-check.ts";
import { batchRunsSchema, overviewQuerySchema, overviewSchema, paceSchema } from "../overview.ts";
import { z } from "zod";
import { pageOf, pageQuerySchema } from "../paging.ts";
import { selectionSummarySchema, summaryRequestSchema } from "../selection-summary.ts";
import { userFacetsSchema } from "../user-filter.ts";
import { batchParams, customerParams, userParams, type Route } from "./route.ts";

/** What pages ask before and after something is done: is a name free, what do these users have, what needs somebody. */
export const overviewRoutes = {
  getOverview: {
    method: "get",
    path: "/v1/overview",
    tag: "Batches",
    summary: "Gives what needs somebody, over all customers that the caller may read",
    authority: "anyAgent",
    query: overviewQuerySchema,
    answers: { 200: { schema: overviewSchema } },
    problems: [],
  },
  getPace: {
    method: "get",
    path: "/v1/pace",
    tag: "Batches",
    summary: "Counts the rows that ended in each minute by outcome, over all customers that the caller may read",
    authority: "anyAgent",
    query: z.strictObject({
      hours: z.coerce.number().int().min(1).max(168).default(24).describe("How far back"),
    }),
    answers: { 200: { schema: paceSchema } },
    problems: [],
  },
  listRuns: {
    method: "get",
    path: "/v1/batches/{batchId}/runs",
    tag: "Batches",
    summary: "Gives the runs of a batch, the first and its retries, and how many rows ended when",
    authority: { act: "read", at: "batch" },
    params: batchParams,
    answers: { 200: { schema: batchRunsSchema } },
    problems: [],
  },
  checkName: {
    method: "get",
    path: "/v1/customers/{customerId}/name-check",
    tag: "Users",
    summary: "Tells whether a username is free, and who has it if not",
    authority: { act: "read", at: "customer" },
    params: customerParams,
    query: nameCheckQuerySchema,
    answers: { 200: { schema: nameCheckSchema } },
    problems: [],
  },
  suggestUser: {
    method: "get",
    path: "/v1/customers/{customerId}/user-suggestion",
    tag: "Users",
    summary: "Suggests a free username, a display name and a usage location for a new user",
    authority: { act: "read", at: "customer" },
    params: customerParams,
    query: suggestionQuerySchema,
    answers: { 200: { schema: suggestionSchema } },
    problems: [],
  },
  getUserFacets: {
    method: "get",
    path: "/v1/customers/{customerId}/user-facets",
    tag: "Users",
    summary: "Gives the departments and locations of a customer's users, with how many users have each",
    authority: { act: "read", at: "customer" },
    params: customerParams,
    query: z.strictObject({
      state: z.enum(["active", "inactive"]).default("active").describe("inactive: deleted and restorable"),
    }),
    answers: { 200: { schema: userFacetsSchema } },
    problems: [],
  },
  summariseSelection: {
    method: "post",
    path: "/v1/customers/{customerId}/selection-summary",
    tag: "Users",
    summary: "Counts what selected users have: products and plans against free seats, permissions, missing locations",
    authority: { act: "read", at: "customer" },
    reads: true,
    params: customerParams,
    body: summaryRequestSchema,
    answers: { 200: { schema: selectionSummarySchema } },
    problems: [],
  },
  listTakenNames: {
    method: "post",
    path: "/v1/customers/{customerId}/taken-names",
    tag: "Users",
    summary: "Lists the deleted users of a selection whose names somebody else has by now, with names that are free",
    authority: { act: "read", at: "customer" },
    reads: true,
    params: customerParams,
    body: summaryRequestSchema,
    answers: { 200: { schema: takenNamesSchema } },
    problems: [],
  },
  listActivity: {
    method: "get",
    path: "/v1/customers/{customerId}/users/{userId}/activity",
    tag: "Users",
    summary: "Lists what was done to a user and which rows about the user failed, the latest first",
    authority: { act: "read", at: "customer" },
    params: userParams,
    query: z.strictObject(pageQuerySchema.omit({ count: true }).shape),
    answers: { 200: { schema: pageOf(activitySchema) } },
    problems: [],
  },
} as const satisfies Record<string, Route>;
