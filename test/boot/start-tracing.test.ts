import { expect, test } from "vitest";
import { startTracing } from "../../boot/start-tracing.ts";
import type { Closers } from "../../core/open-core.ts";
import { DatabaseFault } from "../../db/faults.ts";
import { makeLog } from "../../db/log.ts";
import { currentTraceparent, endWith, openSpan, traceStatement } from "../../db/tracing.ts";
import { eventually } from "../support/eventually.ts";
import { startCollector } from "../support/trace-collector.ts";

/** A collector, and this process, which sends to it. */
async function startTraced() {
  const { endpoint, answers, spans: sent, received, close: stop } = await startCollector();
  const lines: string[] = [];
  const log = makeLog("info", { write: (line) => void lines.push(line) });
  const closers: Closers = [async () => void stop()];
  const headers = "Authorization=Bearer%20one,X-Tenant=two";
  startTracing({ endpoint: `${endpoint}/`, headers, serviceName: "desk", version: "1.2.3" }, log, closers);
  const close = async () => {
    for (const one of closers) await one();
  };
  return { answers, sent, received, log, lines, close };
}

const work = () =>
  endWith(openSpan("work", { kind: "server" }), async () => {
    await traceStatement("select 1", async () => {});
  });

test("a collector that refuses is told of once, harms nothing, and is told of when it takes traces again", async () => {
  const { answers, sent, lines, close } = await startTraced();
  try {
    answers.status = 400;
    await work();
    await eventually(() => expect(lines.length).toBe(1));
    await work();
    answers.status = 200;
    await eventually(async () => {
      await work();
      expect(lines.length).toBe(2);
    });
    expect(sent.length).toBeGreaterThan(0);
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told).toMatchObject([
      { level: "warn", reason: "400" },
      { level: "info", msg: "traces are sent again" },
    ]);
    expect(told.filter((line) => "traceId" in line)).toEqual([]);
  } finally {
    await close();
  }
  expect(openSpan("nothing", { kind: "server" })).toBeNull();
});

test("spans follow the caller's trace, name statements without their values, and tell of faults by codes", async () => {
  const { sent, received, log, lines, close } = await startTraced();
  const [traceId, parentId] = ["0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"];
  const traceparent = `00-${traceId}-${parentId}-01`;
  let below: string | undefined;
  try {
    const failing = endWith(openSpan("job", { kind: "consumer", traceparent }), async () => {
      below = currentTraceparent();
      log.info("at work");
      await traceStatement(" select 1\n  where $1 ", async () => {
        throw new DatabaseFault("23505", "users_upn");
      });
    });
    await expect(failing).rejects.toThrow(DatabaseFault);
    await endWith(openSpan("other", { kind: "server", traceparent: "00-none" }), async () => {});
    expect(await traceStatement("select 2", async () => "untraced")).toBe("untraced");
  } finally {
    await close();
  }
  expect(received()).toMatch(/ Authorization Bearer one X-Tenant two /);
  const [statement, job, other] = sent;
  expect(sent.length).toBe(3);
  expect(job).toMatchObject({ name: "job", traceId, parentSpanId: parentId, fault: "23505", service: "desk" });
  expect(statement).toMatchObject({ name: "select", traceId, parentSpanId: job?.spanId, fault: "23505" });
  expect(statement?.attributes["db.query.text"]).toBe("select 1 where $1");
  expect(below).toBe(`00-${traceId}-${job?.spanId}-01`);
  expect(JSON.parse(lines[0] ?? "{}")).toMatchObject({ msg: "at work", traceId });
  expect(other?.traceId).toMatch(/^(?!0af7651916cd43dd8448eb211c80319c)[0-9a-f]{32}$/);
  expect(other?.parentSpanId).toBe("");
});
