import type { Log } from "../../db/log.ts";
import type { Database } from "../../db/open-database.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { workerOptions } from "../../worker/worker-options.ts";
import { newCustomer } from "./provision.ts";
import type { Served } from "./served.ts";

const warmUps = 30;
const tries = 200;

/** Median milliseconds from adding a job that does nothing to its being processed, on the queue of `redisUrl` or Postgres. */
export async function noOpMs(db: Database, redisUrl: string | undefined, log: Log): Promise<number> {
  const backend = await openQueueBackend({ db, redisUrl, log });
  const queue = backend.openQueue("bench", { defaultJobOptions: { removeOnComplete: true } });
  const worker = backend.openWorker("bench", async () => {}, { ...workerOptions, concurrency: 1 });
  await worker.waitUntilReady();
  const ms = await median(async () => {
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
  return await median(async () => {
    await served.ask(`/customers/${id}/users`, {
      method: "POST",
      headers: { "content-type": "application/json", prefer: "wait=10" },
      body: JSON.stringify({
        userPrincipalName: `single.${no++}@${domain}`,
        displayName: "Single Person",
        usageLocation: "NL",
        licenses: [{ sku: "SPE_E3" }],
      }),
    });
  });
}

async function median(act: () => Promise<void>): Promise<number> {
  for (let at = 0; at < warmUps; at++) await act();
  const times: number[] = [];
  for (let at = 0; at < tries; at++) {
    const started = performance.now();
    await act();
    times.push(performance.now() - started);
  }
  return times.sort((one, other) => one - other)[Math.floor(tries / 2)] ?? 0;
}
