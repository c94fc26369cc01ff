import { afterAll, beforeAll, expect, it } from "vitest";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import { beat } from "../../core/batches/run/heartbeat.ts";
import { queuedPerSlot } from "../../core/batches/run/windows-sql.ts";
import { newId } from "../../db/new-id.ts";
import { openDatabase } from "../../db/open-database.ts";
import { makeLog } from "../../db/log.ts";
import { makeMonitor } from "../../monitor/monitor.ts";
import { watchQueues } from "../../monitor/queue-metrics.ts";
import { watchStores } from "../../monitor/store-metrics.ts";
import { watchWork } from "../../monitor/work-metrics.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { closeQueues, openQueues } from "../../worker/queues.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { eventually } from "../support/eventually.ts";
import { hasPromtool, promtool } from "../support/promtool.ts";
import { samplesOf } from "../support/samples-of.ts";
import { makeBatch } from "../worker/queue-fixture.ts";

let app: TestApp;
let customer: { id: string; domain: string };
beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 2 }]);
});
afterAll(() => app.close());

async function scrape(): Promise<Map<string, number>> {
  const { status, text } = await app.request<string>("/metrics");
  expect(status).toBe(200);
  return samplesOf(text);
}

const file = (names: string[], license: string) =>
  `Display name,Email,Usage location,Licenses\n${names
    .map((name) => `${name},${name}@${customer.domain},DE,${license}\n`)
    .join("")}`;

async function carryOut(names: string[], license = "SPE_E3"): Promise<string> {
  const { id } = await app.upload(customer.id, file(names, license), "&apply=true");
  await app.finished(id);
  return id;
}

const rows = (outcome: string, cause = "") =>
  `muster_rows_total{cause="${cause}",operation="createUsers",outcome="${outcome}"}`;
const jobs = (what: string) => `bullmq_job_${what}_total{queue="user-creation"}`;

it("count rows by outcome and cause, chunks and jobs, each once, whoever asks and however often", async () => {
  const before = await scrape();
  expect([before.get(jobs("completed")), before.get(jobs("failed"))]).toEqual([0, 0]);
  expect([before.get(rows("succeeded")), before.get('muster_store_up{store="queue"}')]).toEqual([undefined, 1]);
  await carryOut(["anna", "bert"]);
  const short = await carryOut(["carl", "dora", "emil"]);
  const first = [2, 3, 1, 1, 2];
  const read = (one: Map<string, number>) => [
    one.get(rows("succeeded")),
    one.get(rows("partial", "seat_shortage")),
    one.get(jobs("completed")),
    one.get(jobs("failed")),
    one.get('muster_chunk_duration_seconds_count{operation="createUsers"}'),
  ];
  // The queue hears of the end of a job a moment after the batch does.
  await eventually(async () => expect(read(await scrape())).toEqual(first));
  for (const one of await Promise.all([scrape(), scrape(), scrape()])) expect(read(one)).toEqual(first);

  // A retry counts what it does itself, and not again what the run before it did.
  await app.request(`/v1/batches/${short}/retry`, { json: {} });
  await eventually(async () => {
    const after = await scrape();
    expect(after.get(rows("partial", "seat_shortage"))).toBe(6);
    expect(after.get(rows("succeeded"))).toBe(2);
  });
});

it("tell of batches that have not ended, of rows that wait and since when, and of seats", async () => {
  const idle = await startApp({ workers: false });
  const { id, domain } = await idle.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
  const csv = `Email,Display name\n${[1, 2, 3].map((no) => `user${no}@${domain},User ${no}\n`).join("")}`;
  await idle.upload(id, csv);
  const [running, paused] = [await idle.upload(id, csv, "&apply=true"), await idle.upload(id, csv, "&apply=true")];
  await idle.request(`/v1/batches/${paused.id}/pause`, { method: "POST" });
  await idle.db.sql`
    update batches set started_at = now() - interval '100 s', paused_ms = 40000 where id = ${running.id}`;
  const told = samplesOf((await idle.request<string>("/metrics")).text);
  const named = (start: string) => Object.fromEntries([...told].filter(([name]) => name.startsWith(start)));
  expect(named("muster_batches")).toEqual({
    'muster_batches{state="paused"}': 1,
    'muster_batches{state="ready"}': 1,
    'muster_batches{state="running"}': 1,
  });
  expect(named("muster_chunks")).toEqual({ 'muster_chunks{state="ready"}': 1 });
  expect(named("muster_rows_waiting")).toEqual({ 'muster_rows_waiting{operation="createUsers"}': 3 });
  expect(Math.round((told.get("muster_oldest_row_waiting_seconds") ?? 0) / 10)).toBe(6);
  expect(told.get("muster_workers_live")).toBe(0);
  expect(named("muster_window")).toEqual({
    'muster_window_chunks{state="taken"}': 0,
    'muster_window_chunks{state="total"}': 1,
  });
  expect(told.get('muster_seats{product="SPE_E3",state="total"}')).toBe(5);
  expect(told.get('muster_customers_without_seat{product="SPE_E3"}')).toBe(0);

  const large = await makeBatch(idle.db, 9);
  const [worker, room] = [newId(), 2 * queuedPerSlot];
  const claimed = await claimChunks(idle.db, room);
  const taken = claimed.filter(({ batchId }) => batchId === large).length;
  expect(taken).toBeGreaterThan(0);
  // A look at the work is shared for two seconds.
  await eventually(async () => {
    await beat(idle.db, worker, 2);
    const later = samplesOf((await idle.request<string>("/metrics")).text);
    expect(later.get('muster_window_chunks{state="taken"}')).toBe(taken);
    expect(later.get('muster_window_chunks{state="total"}')).toBe(room);
    expect(later.get('muster_chunks{state="queued"}')).toBe(claimed.length);
  });
  await idle.close();
});

it("tell of more seats than an int holds", async () => {
  await app.db.sql`
    with large as (
      insert into customers (id, name) select gen_random_uuid(), 'Large ' || no from generate_series(1, 215) no returning id
    )
    insert into products (customer_id, sku_id, sku_part_number, name, total, consumed)
    select id, gen_random_uuid(), 'LARGE', 'Large', 10000000, 9999999 from large`;
  const monitor = makeMonitor();
  watchWork(monitor, app.db);
  const told = samplesOf(await monitor.print());
  expect(told.get('muster_seats{product="LARGE",state="total"}')).toBe(2_150_000_000);
  expect(told.get('muster_seats{product="LARGE",state="assigned"}')).toBe(2_149_999_785);
  expect(told.get('muster_seats{product="SPE_E3",state="total"}')).toBe(2);
});

it("say which connections are in use, and how the event loop does", async () => {
  // A dispatcher that looks around has more statements than connections for a moment.
  const told = await eventually(async () => {
    const now = await scrape();
    for (const role of ["api", "worker", "dispatcher"]) {
      expect(now.get(`muster_pool_connections{pool="transactions",role="${role}",state="most"}`)).toBeGreaterThan(0);
      expect(now.get(`muster_pool_waiting{pool="statements",role="${role}"}`)).toBe(0);
    }
    return now;
  });
  expect(told.get('muster_worker_slots{state="total"}')).toBe(2);
  expect(told.get("nodejs_eventloop_lag_p99_seconds")).toBeGreaterThan(0);
});

it("are given while Redis and Postgres are away, and say so", async () => {
  const log = makeLog("silent");
  const gone = openDatabase("postgres://muster:muster@127.0.0.1:1/muster", { role: "api", poolSize: 2, log });
  const backend = await openQueueBackend({ db: app.db, redisUrl: "redis://127.0.0.1:1", log });
  const queues = openQueues(backend);
  const monitor = makeMonitor();
  watchStores(monitor, gone, queues["user-creation"]);
  watchQueues(monitor, Object.values(queues));
  watchWork(monitor, gone);
  const told = samplesOf(await monitor.print());
  expect(told.get('muster_store_up{store="database"}')).toBe(0);
  expect(told.get('muster_store_up{store="queue"}')).toBe(0);
  expect(told.get('muster_queue_up{queue="user-creation"}')).toBe(0);
  const guessed = [...told.keys()].filter((name) =>
    /^(bullmq_|muster_(batches|chunks|rows|oldest|slots|window|seats))/.test(name),
  );
  expect(guessed).toEqual([]);
  expect(told.get("process_cpu_seconds_total")).toBeGreaterThan(0);
  await closeQueues(queues);
  await backend.close();
  await gone.close();
});

it.runIf(hasPromtool)("are what Prometheus itself takes without a complaint", async () => {
  const { text } = await app.request<string>("/metrics");
  const { code, said } = await promtool(["check", "metrics"], text);
  // 3 is advice about names, some of which are not ours: BullMQ's and those of the process itself.
  expect([0, 3]).toContain(code);
  expect(said.split("\n").filter((line) => line.includes("muster_"))).toEqual([]);
  expect((await promtool(["check", "metrics"], `${text}muster bad line\n`)).code).toBe(1);
});
