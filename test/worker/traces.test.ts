import { afterAll, beforeAll, expect, test } from "vitest";
import { startTracing } from "../../boot/start-tracing.ts";
import type { Closers } from "../../core/open-core.ts";
import { makeLog } from "../../db/log.ts";
import { eventually } from "../support/eventually.ts";
import { startCollector } from "../support/trace-collector.ts";
import { endChunk, isFinished, makeBatch, notify, openQueueFixture, type QueueFixture } from "./queue-fixture.ts";

let fixture: QueueFixture;
let collector: Awaited<ReturnType<typeof startCollector>>;
const closers: Closers = [];

beforeAll(async () => {
  [fixture, collector] = await Promise.all([openQueueFixture(), startCollector()]);
  const { endpoint } = collector;
  startTracing({ endpoint, serviceName: "worker", version: "1" }, makeLog("silent"), closers);
});

afterAll(async () => {
  for (const close of closers) await close();
  collector.close();
  await fixture.close();
});

/** Writes a running batch of one chunk, which is carried out in the trace `traceId`. */
async function makeTraced(traceId: string): Promise<string> {
  const batchId = await makeBatch(fixture.db, 1);
  await fixture.db.sql`
    update batches set traceparent = ${`00-${traceId}-b7ad6b7169203331-01`} where id = ${batchId}`;
  return batchId;
}

test("a scheduled batch begins in its own trace, though the end of another one's chunk lets it begin", async () => {
  const { db } = fixture;
  const [runningTrace, scheduledTrace] = ["1".repeat(32), "2".repeat(32)];
  const [running, scheduled] = [await makeTraced(runningTrace), await makeTraced(scheduledTrace)];
  await db.sql`
    update batches set state = 'scheduled', started_at = null, start_at = now() + interval '1 hour' where id = ${scheduled}`;
  await fixture.startPool({
    async runChunk(target) {
      const outcome = await endChunk(db, target);
      if (target.batchId === running) await db.sql`update batches set start_at = now() where id = ${scheduled}`;
      return outcome;
    },
  });
  await notify(db);
  await eventually(async () => (await isFinished(db, running)) && (await isFinished(db, scheduled)));
  await eventually(() => {
    const chunks = collector.spans.filter(({ name }) => name === "chunk");
    expect(new Map(chunks.map(({ attributes, traceId }) => [attributes["muster.batch_id"], traceId]))).toEqual(
      new Map([
        [running, runningTrace],
        [scheduled, scheduledTrace],
      ]),
    );
  });
  // What dispatchers do is about all batches.
  const statements = collector.spans.map(({ attributes }) => String(attributes["db.query.text"]));
  expect(statements.filter((text) => text.includes("update chunks set state"))).toHaveLength(2);
  expect(statements.filter((text) => text.includes("update batches set state"))).toEqual([]);
});
