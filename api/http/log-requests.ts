import type { RequestHandler } from "express";
import type { Log } from "../../db/log.ts";

/** Logs each request by the pattern of its route, never by its address, which may hold names to search for. */
export function logRequests(log: Log): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    res.once("close", () => {
      const { requestId, route = "none" } = res.locals as { requestId?: string; route?: string };
      const ms = Math.round(performance.now() - started);
      const whole = res.writableFinished;
      log.debug({ requestId, method: req.method, route, status: res.statusCode, ms, whole }, "request");
    });
    next();
  };
}
