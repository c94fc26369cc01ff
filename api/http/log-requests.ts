import type { RequestHandler } from "express";
import type { Log } from "../../db/log.ts";

/** What is asked again and again by those who watch, and what is no route of ours: pages and their parts. */
export const lesserRoutes: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics", "none"]);

/**
 * Logs each request by the pattern of its route, never by its address, which may hold names to search for; with who asked,
 * and the batch or the file for many customers that it was about.
 */
export function logRequests(log: Log): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    res.once("close", () => {
      const { requestId, traceId, route = "none", actor, batchId, bundleId } = res.locals as Told;
      const ms = Math.round(performance.now() - started);
      const whole = res.writableFinished;
      const { method } = req;
      const fields = { requestId, traceId, method, route, status: res.statusCode, ms, whole, actor, batchId, bundleId };
      if (lesserRoutes.has(route)) log.debug(fields, "request");
      else log.info(fields, "request");
    });
    next();
  };
}

type Told = Partial<Record<"requestId" | "traceId" | "route" | "actor" | "batchId" | "bundleId", string>>;
