import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMetrics } from "../../api/metrics.ts";
import { makeLog } from "../../db/log.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { closeQueues, openQueues } from "../../worker/queues.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { eventually } from "../support/eventually.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

/** The samples of a text in Prometheus' format, by name and labels. @throws Error at a line that breaks the format */
function samplesOf(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const heads = new Set<string>();
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const head = /^# (?:HELP|TYPE) \S+/.exec(line)?.[0];
    const sample = /^([a-z_:][\w:]*)(\{.*\})? (\S+)$/i.exec(line);
    if (head === undefined && sample === null) throw new Error(`no sample: ${line}`);
    if (head !== undefined && heads.has(head)) throw new Error(`told twice: ${line}`);
    if (head !== undefined) heads.add(head);
    else if (sample !== null) samples.set(`${sample[1]}${sample[2] ?? ""}`, Number(sample[3]));
  }
  return samples;
}

const jobs = (what: "completed" | "failed") => `bullmq_job_${what}_total{queue="user-creation"}`;

async function read(): Promise<{ completed: number; failed: number; up: number | undefined }> {
  const { status, text } = await app.request<string>("/metrics");
  expect(status).toBe(200);
  const samples = samplesOf(text);
  return {
    completed: samples.get(jobs("completed")) ?? Number.NaN,
    failed: samples.get(jobs("failed")) ?? Number.NaN,
    up: samples.get('muster_queue_up{queue="user-creation"}'),
  };
}

describe("metrics", () => {
  it("count the jobs that completed and those that failed, whoever asks and however often", async () => {
    expect(await read()).toEqual({ completed: 0, failed: 0, up: 1 });
    const customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
    const file = (names: string[], license: string) =>
      `Display name,Email,Usage location,Licenses\n${names
        .map((name) => `${name},${name}@${customer.domain},DE,${license}\n`)
        .join("")}`;
    const well = await app.upload(customer.id, file(["a"], "SPE_E3"), "&apply=true");
    await app.finished(well.id);
    const short = await app.upload(customer.id, file(["b", "c"], "SPE_E3"), "&apply=true");
    await app.finished(short.id);
    // The queue hears of the end of a job a moment after the batch does.
    await eventually(async () => expect(await read()).toEqual({ completed: 1, failed: 1, up: 1 }));
    expect(await read()).toEqual({ completed: 1, failed: 1, up: 1 });
    const answers = await Promise.all([read(), read(), read()]);
    expect(new Set(answers.map(({ completed }) => completed))).toEqual(new Set([1]));
  });

  it("are given while Redis is away, and say so", async () => {
    const log = makeLog("silent");
    const backend = await openQueueBackend({ db: app.db, redisUrl: "redis://127.0.0.1:1", log });
    const queues = openQueues(backend);
    const metrics = makeMetrics(Object.values(queues));
    const samples = samplesOf(await metrics.print());
    expect(samples.get('muster_queue_up{queue="user-creation"}')).toBe(0);
    expect([...samples.keys()].filter((name) => name.startsWith("bullmq_"))).toEqual([]);
    expect(samples.get("process_cpu_seconds_total")).toBeGreaterThan(0);
    metrics.close();
    await closeQueues(queues);
    await backend.close();
  });
});
