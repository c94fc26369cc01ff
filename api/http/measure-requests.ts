import type { RequestHandler } from "express";
import { Histogram, type Registry } from "prom-client";

/** Measures each request by the pattern of its route. */
export function measureRequests(registry: Registry): RequestHandler {
  const durations = new Histogram({
    name: "muster_http_request_duration_seconds",
    help: "Time to answer, by route",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  return (req, res, next) => {
    const end = durations.startTimer({ method: req.method });
    res.once("close", () => {
      end({ route: (res.locals["route"] as string | undefined) ?? "none", status: res.statusCode });
    });
    next();
  };
}
