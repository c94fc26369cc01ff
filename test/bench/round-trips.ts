import { createPostgresBackend, createRedisBackend, withBackend } from "bullmq";
import type { Log } from "../../db/log.ts";
import type { Database } from "../../db/open-database.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { workerOptions } from "../../worker/worker-options.ts";
import { middle } from "./median.ts";
import { newCustomer } from "./provision.ts";
import type { Served } from "./served.ts";

const warmUps = 30;
const rounds = 20;
const triesInARound = 20;

/** Something that is done again and again, and what ends it. */
type Trip = { act: () => Promise<unknown>; close: () => Promise<void> };

/**
 * Median milliseconds of each of the trips, 400 times each, in turns of 20: the machine is then alike for all of them. Closes them.
 */
export async function tripsMs<Name extends string>(trips: Record<Name, Trip>): Promise<Record<Name, number>> {
  const all = Object.entries<Trip>(trips).map(([name, trip]) => ({ name, ...trip, times: [] as number[] }));
  for (const { act } of all) for (let at = 0; at < warmUps; at++) await act();
  for (let round = 0; round < rounds; round++) {
    for (const { act, times } of all) {
      for (let at = 0; at < triesInARound; at++) {
        const started = performance.now();
        await act();
        times.push(performance.now() - started);
      }
    }
  }
  await Promise.all(all.map(({ close }) => close()));
  return Object.fromEntries(all.map(({ name, times }) => [name, middle(times)])) as Record<Name, number>;
}

/**
 * A no-op job's round trip, on BullMQ as it comes: from adding the job until who added it knows that
 * it is done. On Postgres such a wait misses a wake-up now and then and ends by its time limit, which a median does not
 * see.
 */
export async function openRoundTrip(databaseUrl: string, redisUrl: string | undefined): Promise<Trip> {
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
  return {
    async act() {
      const job = await queue.add("no-op", {});
      await job.waitUntilFinished(events, 2_000).catch(() => {});
    },
    close: async () => void (await Promise.all([worker.close(), queue.close(), events.close()])),
  };
}

const searchPath = { options: "-c search_path=bullmq" };

/** From adding a job that does nothing until its worker is done with it, on Muster's own queue on `redisUrl` or Postgres. */
export async function openNoOp(db: Database, redisUrl: string | undefined, log: Log): Promise<Trip> {
  const backend = await openQueueBackend({ db, redisUrl, log });
  const queue = backend.openQueue("bench", { defaultJobOptions: { removeOnComplete: true } });
  const worker = backend.openWorker("bench", async () => {}, { ...workerOptions, concurrency: 1 });
  await worker.waitUntilReady();
  return {
    async act() {
      const completed = new Promise<void>((resolve) => worker.once("completed", () => resolve()));
      await queue.add("no-op", {});
      await completed;
    },
    async close() {
      await worker.close();
      await queue.close();
      await backend.close();
    },
  };
}

/** A `POST …/users` with `Prefer: wait`, a license and a password included. */
export async function openCreate(served: Served): Promise<Trip> {
  const { id, domain } = await newCustomer(served, 1_000_000);
  let no = 0;
  return {
    act: () =>
      served.ask(`/customers/${id}/users`, {
        headers: { prefer: "wait=10" },
        json: {
          userPrincipalName: `single.${no++}@${domain}`,
          displayName: "Single Person",
          usageLocation: "NL",
          licenses: [{ sku: "SPE_E3" }],
        },
      }),
    close: async () => {},
  };
}
