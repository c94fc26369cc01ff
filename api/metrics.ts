import type { Queue } from "bullmq";
import type { RequestHandler } from "express";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** Measures requests, and prints everything in Prometheus' text format. */
export type Metrics = { contentType: string; measure: RequestHandler; print(): Promise<string>; close(): void };

/** Makes the metrics of one api process: its own, its requests by route, and the queues' job counts as BullMQ has them. */
export function makeMetrics(queues: Queue[]): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: "muster_http_request_duration_seconds",
    help: "Time to answer, by route",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    measure(req, res, next) {
      const end = durations.startTimer({ method: req.method });
      res.once("close", () => {
        end({ route: (res.locals["route"] as string | undefined) ?? "none", status: res.statusCode });
      });
      next();
    },
    async print() {
      const ours = await registry.metrics();
      const theirs = await Promise.all(queues.map((queue) => queue.exportPrometheusMetrics()));
      return `${ours}\n${mergeQueues(theirs)}`;
    },
    close: () => registry.clear(),
  };
}

/** Each queue's export repeats the HELP and TYPE lines, which may stand only once. */
function mergeQueues(exports: string[]): string {
  const lines = exports.flatMap((text) => text.split("\n")).filter((line) => line !== "");
  const heads = new Set(lines.filter((line) => line.startsWith("#")));
  return `${[...heads, ...lines.filter((line) => !line.startsWith("#"))].join("\n")}\n`;
}
