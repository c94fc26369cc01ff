import { z } from "zod";
import type { Route } from "./route.ts";

const status = z.object({ status: z.literal("ok") });

/** Routes about Muster itself. */
export const systemRoutes = {
  getHealth: {
    method: "get",
    path: "/healthz",
    tag: "System",
    summary: "Tells that the process is alive",
    authority: "public",
    answers: { 200: { schema: status } },
    problems: [],
  },
  getReadiness: {
    method: "get",
    path: "/readyz",
    tag: "System",
    summary: "Tells that the database answers, hears and has room, and that the queue answers",
    authority: "public",
    answers: { 200: { schema: status } },
    problems: ["disk_full", "queue_unavailable"],
  },
  getMetrics: {
    method: "get",
    path: "/metrics",
    tag: "System",
    summary: "Gives Prometheus metrics; from the machine itself also without a key",
    authority: "agentOrMachine",
    answers: { 200: { type: "text/plain" } },
    problems: [],
  },
  getOpenApi: {
    method: "get",
    path: "/openapi.json",
    tag: "System",
    summary: "Gives this document",
    authority: "public",
    answers: { 200: { schema: z.looseObject({ openapi: z.string() }) } },
    problems: [],
  },
  getDocs: {
    method: "get",
    path: "/docs",
    tag: "System",
    summary: "Shows this document as a page",
    authority: "public",
    answers: { 200: { type: "text/html" } },
    problems: [],
  },
  getSignInPage: {
    method: "get",
    path: "/sign-in",
    tag: "System",
    summary: "Shows the sign-in form for people without another page",
    authority: "public",
    query: z.object({
      next: z.string().max(2048).optional().describe("The page of Muster's own to go on to"),
      failed: z.string().max(2048).optional().describe("The code of what went wrong in the try before"),
      step: z
        .string()
        .max(64)
        .optional()
        .describe("code: the password was right, and the authenticator app's code is asked for"),
    }),
    answers: { 200: { type: "text/html" } },
    problems: [],
  },
  submitSignInPage: {
    method: "post",
    path: "/sign-in",
    tag: "System",
    summary: "Signs in by the form and goes on to the page that was asked for",
    authority: "public",
    form: true,
    body: z.object({
      email: z.string().max(2048).optional(),
      password: z.string().max(2048).optional(),
      code: z.string().max(2048).optional().describe("Of the authenticator app, in a second step"),
      next: z.string().max(2048).optional(),
    }),
    answers: { 303: { empty: true } },
    problems: ["rate_limited", "cross_site"],
  },
} as const satisfies Record<string, Route>;
