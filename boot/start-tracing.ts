import { hostname } from "node:os";
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { ExportResultCode, parseKeyPairsIntoRecord, W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from "@opentelemetry/sdk-trace";
import type { Closers } from "../core/open-core.ts";
import type { Log } from "../db/log.ts";
import { type Tracer, traceWith, untraced } from "../db/tracing.ts";
import { within } from "../db/within.ts";

/** Where traces go, with which headers more (`name=value`, percent-encoded, commas between), and what this process is called there. */
export type TracingSettings = { endpoint: string; headers?: string | undefined; serviceName: string; version: string };

/** What waits for this long is sent; more than 2,048 spans at a time are lost. */
const sendEveryMs = 1_000;
/** The longest that the last spans may hold up a stop. */
const lastMs = 2_000;
/** Of the text of a statement. */
const mostCharacters = 4_000;

const kinds = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, client: SpanKind.CLIENT };

/**
 * Sends traces of this process as OTLP over HTTP, in JSON. Whatever becomes of them, work goes on. No provider is set for all
 * packages of the process: what those of others would tell is not known to be free of names.
 */
export function startTracing(
  { endpoint, headers, serviceName, version }: TracingSettings,
  log: Log,
  closers: Closers,
): void {
  const { href: url, host } = new URL("v1/traces", endpoint.endsWith("/") ? endpoint : `${endpoint}/`);
  const exporter = tellingOnce(new OTLPTraceExporter({ url, headers: parseKeyPairsIntoRecord(headers) }), log, host);
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        "service.name": serviceName,
        "service.version": version,
        "service.instance.id": `${hostname()}-${process.pid}`,
      }),
    ),
    spanLimits: { attributeValueLengthLimit: mostCharacters },
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: sendEveryMs })],
  });
  traceWith(makeTracer(provider));
  closers.unshift(async () => {
    traceWith(undefined);
    await within(lastMs, provider.shutdown()).catch(() => {});
  });
}

function makeTracer(provider: TracerProvider): Tracer {
  const tracer = provider.getTracer("muster");
  const propagator = new W3CTraceContextPropagator();
  return {
    start(name, { kind, attributes, parent }) {
      const above =
        typeof parent === "object"
          ? trace.setSpan(ROOT_CONTEXT, parent)
          : propagator.extract(ROOT_CONTEXT, { traceparent: parent }, defaultTextMapGetter);
      return tracer.startSpan(name, { kind: kinds[kind], attributes }, above);
    },
    fail(span, fault) {
      span.setAttribute("error.type", fault).setStatus({ code: SpanStatusCode.ERROR });
    },
    traceparentOf(span) {
      const carrier: { traceparent?: string } = {};
      propagator.inject(trace.setSpan(ROOT_CONTEXT, span), carrier, defaultTextMapSetter);
      return carrier.traceparent ?? "";
    },
  };
}

/** Tells in the log when traces cannot be sent, once, and when they can again. */
function tellingOnce(exporter: SpanExporter, log: Log, address: string): SpanExporter {
  let away = false;
  return {
    export(spans, done) {
      const heard: typeof done = (result) => {
        const fails = result.code !== ExportResultCode.SUCCESS;
        if (fails && !away) {
          const reason = reasonOf(result.error);
          log.warn({ address, reason }, "traces cannot be sent: they are lost until they can be, and nothing else is");
        }
        if (!fails && away) log.info({ address }, "traces are sent again");
        away = fails;
        done(result);
      };
      untraced(() => exporter.export(spans, heard));
    },
    shutdown: () => exporter.shutdown(),
  };
}

/** The code of the system, or the HTTP status of the answer: never a message. */
function reasonOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" || typeof code === "number" ? String(code) : "no answer";
}
