import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A span as it came in, with the process that sent it. */
export type SentSpan = {
  traceId: string;
  spanId: string;
  /** Empty at the top of a trace. */
  parentSpanId: string;
  name: string;
  attributes: Record<string, unknown>;
  /** The code of what went wrong. */
  fault: string | undefined;
  service: string;
  instance: string;
};

type Attribute = { key: string; value: Record<string, unknown> };
type OtlpSpan = Pick<SentSpan, "traceId" | "spanId" | "name"> & { parentSpanId?: string; attributes: Attribute[] };
type OtlpRequest = {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
};

/** Reads a request of OTLP in JSON (opentelemetry-proto, trace/v1): every span of it. */
function spansIn(body: string): SentSpan[] {
  return (JSON.parse(body) as OtlpRequest).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const process = valuesOf(resource.attributes);
    const [service, instance] = [String(process["service.name"]), String(process["service.instance.id"])];
    return scopeSpans
      .flatMap(({ spans }) => spans)
      .map(({ traceId, spanId, parentSpanId = "", name, attributes: list }) => {
        const attributes = valuesOf(list);
        const fault = attributes["error.type"] as string | undefined;
        return { traceId, spanId, parentSpanId, name, attributes, fault, service, instance };
      });
  });
}

function valuesOf(attributes: Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

/** A collector of traces that answers with `status`, which may be changed: `received` is all that came in, as it came, with the heads. */
export async function startCollector() {
  const answers = { status: 200 };
  const spans: SentSpan[] = [];
  let received = "";
  const server = createServer((request, response) => {
    let body = "";
    request
      .on("data", (part) => (body += String(part)))
      .on("end", () => {
        received += `${request.url ?? ""} ${request.rawHeaders.join(" ")} ${body}\n`;
        if (request.url === "/v1/traces" && answers.status === 200) spans.push(...spansIn(body));
        response.writeHead(answers.status, { "content-type": "application/json" }).end("{}");
      });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    spans,
    received: () => received,
    close: () => server.close(),
  };
}
