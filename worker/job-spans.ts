import type { Attributes } from "@opentelemetry/api";
import type { Job, JobsOptions } from "bullmq";
import { type OpenSpan, openSpan } from "../db/tracing.ts";

/** The options that carry a trace along with a job; none where it belongs to no trace. */
export function carriedTrace(traceparent: string | null): Pick<JobsOptions, "telemetry"> {
  return traceparent === null ? {} : { telemetry: { metadata: traceparent } };
}

/** Opens the span of a job that was taken: a part of the trace that it carries. */
export function openJobSpan(
  name: string,
  { opts, queueName, attemptsMade }: Pick<Job, "opts" | "queueName" | "attemptsMade">,
  about: Attributes,
): OpenSpan | null {
  const attributes = {
    "messaging.system": "bullmq",
    "messaging.destination.name": queueName,
    "muster.attempt": attemptsMade + 1,
    ...about,
  };
  return openSpan(name, { kind: "consumer", attributes, traceparent: opts.telemetry?.metadata });
}
