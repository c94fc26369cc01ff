import { AsyncLocalStorage } from "node:async_hooks";
import type { Attributes, Span } from "@opentelemetry/api";
import { asFault } from "./faults.ts";

/** What opens spans; `parent` is a span of this process, or the W3C `traceparent` of somebody else's. */
export type Tracer = {
  start(name: string, options: { kind: Kind; attributes: Attributes; parent: Span | string | undefined }): Span;
  /** Marks the span as failed by `fault`, a code. */
  fail(span: Span, fault: string): void;
  /** The `traceparent` under which others go on. */
  traceparentOf(span: Span): string;
};

/** What a span is of: a request to us, a job that we took, or a statement that we sent. */
type Kind = "server" | "consumer" | "client";

/** A piece of work that is under way. Name and attributes hold no value: no name of a person, no address, no parameter. */
export type OpenSpan = {
  traceId: string;
  /** Calls `act`; the spans that it opens are below this one. */
  within<T>(act: () => T): T;
  /** Ends it with what is known by now; `fault` is a code and never words. */
  end(attributes?: Attributes, fault?: string): void;
};

let tracer: Tracer | undefined;
const current = new AsyncLocalStorage<Span>();

/** From here on this process is traced by `made`, or by nobody. */
export function traceWith(made: Tracer | undefined): void {
  tracer = made;
}

/** Opens a span below `traceparent`, or at the top of a new trace; null where nothing is traced, which costs nothing. */
export function openSpan(
  name: string,
  { kind, attributes = {}, traceparent }: { kind: Kind; attributes?: Attributes; traceparent?: string | undefined },
): OpenSpan | null {
  return tracer === undefined ? null : wrap(tracer.start(name, { kind, attributes, parent: traceparent }));
}

/** Sends a statement in a span of its own, where whoever sends it is traced. `text` has `$1` in the place of each value. */
export function traceStatement<T>(text: string, send: () => Promise<T>): Promise<T> {
  const parent = tracer && current.getStore();
  if (tracer === undefined || parent === undefined) return send();
  const [verb = ""] = /\w+/.exec(text) ?? [];
  const attributes = { "db.system.name": "postgresql", "db.query.text": text.trim().replaceAll(/\s+/g, " ") };
  return endWith(wrap(tracer.start(verb.toLowerCase(), { kind: "client", attributes, parent })), send);
}

/** Does `act` within the span, which ends with it. */
export async function endWith<T>(span: OpenSpan | null, act: () => Promise<T>): Promise<T> {
  if (span === null) return await act();
  try {
    const done = await span.within(act);
    span.end();
    return done;
  } catch (error) {
    span.end({}, codeOf(error));
    throw error;
  }
}

/** The trace that the work under way belongs to; undefined where it is not traced. */
export function currentTraceId(): string | undefined {
  return tracer && current.getStore()?.spanContext().traceId;
}

/** Does `act` outside of any trace: it is about many, though one of them set it going. */
export function untraced(act: () => void): void {
  current.exit(act);
}

/** What others need in order to go on with the trace of the work under way, in another process or later. */
export function currentTraceparent(): string | undefined {
  const span = tracer && current.getStore();
  return span && tracer?.traceparentOf(span);
}

function wrap(span: Span): OpenSpan {
  return {
    traceId: span.spanContext().traceId,
    within: (act) => current.run(span, act),
    end(attributes = {}, fault) {
      span.setAttributes(attributes);
      if (fault !== undefined) tracer?.fail(span, fault);
      span.end();
    },
  };
}

/** The SQLSTATE or the kind of an error: its words may hold anything. */
function codeOf(thrown: unknown): string {
  const fault = asFault(thrown);
  return "sqlstate" in fault && typeof fault.sqlstate === "string" ? fault.sqlstate : fault.name;
}
