import { auditFilterSchema, auditQuerySchema, auditRecordSchema } from "../audit.ts";
import { pageOf } from "../paging.ts";
import type { Route } from "./route.ts";

/** What was done, by whom and to whom. */
export const recordRoutes = {
  listAudit: {
    method: "get",
    path: "/v1/audit",
    tag: "Audit",
    summary: "Lists what was done and refused, the latest first",
    access: "agent",
    query: auditQuerySchema,
    answers: { 200: { schema: pageOf(auditRecordSchema) } },
    problems: [],
  },
  downloadAudit: {
    method: "get",
    path: "/v1/audit.csv",
    tag: "Audit",
    summary: "Streams the same as CSV",
    access: "agent",
    query: auditFilterSchema,
    answers: { 200: { type: "text/csv" } },
    problems: [],
  },
} as const satisfies Record<string, Route>;
