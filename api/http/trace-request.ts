import type { Request, Response } from "express";
import { openSpan } from "../../db/tracing.ts";
import { lesserRoutes } from "./log-requests.ts";

/** Answers a request to the route `path` within its span, where requests are traced: a part of the trace that its `traceparent` names. */
export function traceRequest<T>(
  req: Request,
  res: Response,
  { method, path }: { method: string; path: string },
  answer: () => T,
): T {
  const span = lesserRoutes.has(path)
    ? null
    : openSpan(`${method.toUpperCase()} ${path}`, {
        kind: "server",
        attributes: { "http.request.method": req.method, "http.route": path },
        traceparent: req.get("traceparent"),
      });
  if (span === null) return answer();
  res.locals["traceId"] = span.traceId;
  res.once("close", () => {
    const { requestId, actor, batchId } = res.locals as { requestId?: string; actor?: string; batchId?: string };
    const told = { "muster.request_id": requestId, "muster.actor": actor, "muster.batch_id": batchId };
    const { statusCode } = res;
    const fault = statusCode < 500 ? undefined : String(statusCode);
    span.end({ ...told, "http.response.status_code": statusCode }, fault);
  });
  return span.within(answer);
}
