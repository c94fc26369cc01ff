import { auditFilterSchema, auditQuerySchema, auditRecordSchema } from "../audit.ts";
import { pageOf } from "../paging.ts";
import { foundSchema, searchQuerySchema } from "../search.ts";
import type { Route } from "./route.ts";

/** What was done, by whom and to whom. */
export const recordRoutes = {
  listAudit: {
    method: "get",
    path: "/v1/audit",
    tag: "Audit",
    summary: "Lists what was done and refused, the latest first",
    authority: "anyAgent",
    query: auditQuerySchema,
    answers: { 200: { schema: pageOf(auditRecordSchema) } },
    problems: [],
  },
  downloadAudit: {
    method: "get",
    path: "/v1/audit.csv",
    tag: "Audit",
    summary: "Streams the same as CSV",
    authority: "anyAgent",
    query: auditFilterSchema,
    answers: { 200: { type: "text/csv" } },
    problems: [],
  },
  search: {
    method: "get",
    path: "/v1/search",
    tag: "Search",
    summary: "Finds a person among users, rows of ended batches and the audit",
    authority: "anyAgent",
    query: searchQuerySchema,
    answers: { 200: { schema: foundSchema } },
    problems: [],
  },
} as const satisfies Record<string, Route>;
