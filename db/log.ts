import { pino } from "pino";
import { currentTraceId } from "./tracing.ts";

/** Writes one line, with fields, at one level; an error among the fields is cut down to what `describeError` keeps. */
type LogLine = {
  (fields: Record<string, unknown>, message: string): void;
  (message: string): void;
};

/** The part of a pino logger that Muster uses, so that any pino logger is one. */
export type Log = { debug: LogLine; info: LogLine; warn: LogLine; error: LogLine; child(fields: object): Log };

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

const CODE = /^[A-Za-z0-9_]{1,63}$/;
const FRAME = /^ {4}at (?:.* \()?(?:file:\/\/)?([^()]*:\d+:\d+)\)?$/;

/** Makes the JSON log that never writes an error's message, parameters or detail, because those hold people's names. */
export function makeLog(level: LogLevel, destination?: { write(line: string): void }): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeValue },
    mixin: nameTrace,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, describeValue(value)])),
    },
    hooks: {
      // pino takes an error's own message when the caller gives none.
      logMethod(values, method) {
        const [first, second] = values as unknown[];
        if (first instanceof Error) method.call(this, { err: describeError(first) }, textOr(second));
        else if (typeof first === "object" && first !== null) method.call(this, first, textOr(second));
        else method.apply(this, values);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Names the trace in each line about work that is traced. */
function nameTrace(): { traceId?: string } {
  const traceId = currentTraceId();
  return traceId === undefined ? {} : { traceId };
}

/** Keeps of an error only its type, our code, the SQLSTATE, the constraint and the places in the code it came through. */
function describeError(error: Error): Record<string, unknown> {
  const { code, sqlstate, constraint } = error as { code?: unknown; sqlstate?: unknown; constraint?: unknown };
  const lines = (error.stack ?? "").replace(error.message, "").split("\n");
  const frames = lines.flatMap((line) => FRAME.exec(line)?.[1] ?? []);
  return {
    type: CODE.test(error.name) ? error.name : "Error",
    ...codeField("code", code),
    ...codeField("sqlstate", sqlstate),
    ...codeField("constraint", constraint),
    at: frames.filter((frame) => !frame.includes("node_modules")).slice(0, 8),
  };
}

function describeValue(value: unknown): unknown {
  return value instanceof Error ? describeError(value) : value;
}

function codeField(name: string, value: unknown): Record<string, string> {
  return typeof value === "string" && CODE.test(value) ? { [name]: value } : {};
}

function textOr(message: unknown): string {
  return typeof message === "string" ? message : "error";
}
