import { afterAll, beforeAll, expect, it } from "vitest";
import { makeServer } from "../../api/server.ts";
import { makeLog } from "../../db/log.ts";
import { makeMonitor } from "../../monitor/monitor.ts";
import { migrateQueue, openQueueBackend } from "../../worker/queue-backend.ts";
import { closeQueues, openQueues } from "../../worker/queues.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { eventually } from "../support/eventually.ts";

let app: TestApp;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  app = await startApp({ workers: false });
});
afterAll(async () => {
  for (const close of closers) await close();
  await app.close();
});

/** Asks an api for its readiness that has the app's database, and the queue at `redisUrl` or on that database. */
async function readinessWith(redisUrl: string | undefined) {
  const log = makeLog("silent");
  const backend = await openQueueBackend({ db: app.db, redisUrl, log });
  const queues = openQueues(backend);
  const server = makeServer({
    context: app.context,
    signIn: app.library,
    queues,
    retryJob: async () => "job_not_found",
    monitor: makeMonitor(),
    settings: {
      host: "127.0.0.1",
      port: 0,
      publicUrl: null,
      trustedProxies: "loopback",
      maxUploadMb: 1,
      requestsPerMinute: 100,
      mail: null,
      adminApiKey: app.key,
    },
  });
  const url = await server.listen();
  closers.push(async () => {
    await server.close();
    await closeQueues(queues);
    await backend.close();
  });
  return async () => {
    const answer = await fetch(`${url}/readyz`);
    return { status: answer.status, body: (await answer.json()) as { code?: string; status: unknown } };
  };
}

it("an api whose Redis is away is not ready, and says that it is the queue", async () => {
  // Nothing listens there.
  const ask = await readinessWith("redis://127.0.0.1:1");
  await eventually(async () => expect(await ask()).toMatchObject({ status: 503, body: { code: "queue_unavailable" } }));
});

it("an api is not ready where the queue's tables are gone from Postgres, until they are back", async () => {
  const ask = await readinessWith(undefined);
  await eventually(async () => expect(await ask()).toMatchObject({ status: 200 }));
  await app.db.sql`drop schema bullmq cascade`;
  await eventually(async () => expect(await ask()).toMatchObject({ status: 503, body: { code: "queue_unavailable" } }));
  await migrateQueue(app.db.url);
  await eventually(async () => expect(await ask()).toMatchObject({ status: 200 }));
});
