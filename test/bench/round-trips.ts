import { createPostgresBackend, createRedisBackend, withBackend } from "bullmq";
import type { Log } from "../../db/log.ts";
import type { Database } from "../../db/open-database.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { workerOptions } from "../../worker/worker-options.ts";
import { medianMs } from "./median.ts";
import { newCustomer } from "./provision.ts";
import type { Served } from "./served.ts";

const warmUps = 30;
const tries = 200;

/**
 * Median milliseconds of a no-op job's round trip, on BullMQ as it comes: from adding the job until who added it knows that
 * it is done. On Postgres such a wait misses a wake-up now and then and ends by its time limit, which the median does not
 * see.
 */
export async function roundTripMs(databaseUrl: string, redisUrl: string | undefined): Promise<number> {
  const onPostgres = withBackend(createPostgresBackend);
  // The two differ in types alone.
  const onRedis = withBackend(createRedisBackend) as unknown as typeof onPostgres;
  const [bull, connection] =
    redisUrl === undefined
      ? [onPostgres, { connectionString: databaseUrl, schema: "bullmq", ...searchPath }]
      : [onRedis, { url: redisUrl, maxRetriesPerRequest: null }];
  const queue = new bull.Queue("bench-plain", { connection, defaultJobOptions: { removeOnComplete: true } });
  const events = new bull.QueueEvents("bench-plain", { connection });
  const worker = new bull.Worker("bench-plain", async () => {}, { connection });
  await Promise.all([worker.waitUntilReady(), events.waitUntilReady()]);
  const ms = await warmMs(async () => {
    const job = await queue.add("no-op", {});
    await job.waitUntilFinished(events, 2_000).catch(() => {});
  });
  await Promise.all([worker.close(), queue.close(), events.close()]);
  return ms;
}

const searchPath = { options: "-c search_path=bullmq" };

/**
 * Median milliseconds from adding a job that does nothing until its worker is done with it, on Muster's own queue on
 * `redisUrl` or Postgres.
 */
export async function noOpMs(db: Database, redisUrl: string | undefined, log: Log): Promise<number> {
  const backend = await openQueueBackend({ db, redisUrl, log });
  const queue = backend.openQueue("bench", { defaultJobOptions: { removeOnComplete: true } });
  const worker = backend.openWorker("bench", async () => {}, { ...workerOptions, concurrency: 1 });
  await worker.waitUntilReady();
  const ms = await warmMs(async () => {
    const completed = new Promise<void>((resolve) => worker.once("completed", () => resolve()));
    await queue.add("no-op", {});
    await completed;
  });
  await worker.close();
  await queue.close();
  await backend.close();
  return ms;
}

/** Median milliseconds of `POST …/users` with `Prefer: wait`, a license and a password included. */
export async function createMs(served: Served): Promise<number> {
  const { id, domain } = await newCustomer(served, warmUps + tries);
  let no = 0;
  return await warmMs(async () => {
    await served.ask(`/customers/${id}/users`, {
      headers: { prefer: "wait=10" },
      json: {
        userPrincipalName: `single.${no++}@${domain}`,
        displayName: "Single Person",
        usageLocation: "NL",
        licenses: [{ sku: "SPE_E3" }],
      },
    });
  });
}

async function warmMs(act: () => Promise<void>): Promise<number> {
  for (let at = 0; at < warmUps; at++) await act();
  return await medianMs(tries, act);
}
