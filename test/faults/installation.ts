import { queueNames } from "../../contract/operations.ts";
import { makeLog } from "../../db/log.ts";
import type { Database } from "../../db/open-database.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { closeQueues, openQueues } from "../../worker/queues.ts";
import type { Queues } from "../../worker/queues.ts";
import { buildMuster } from "../support/build-muster.ts";
import { makeClient, type Client } from "../support/client.ts";
import { freshDatabase, type FreshDatabase } from "../support/fresh-database.ts";
import type { MusterProcess } from "../support/processes.ts";
import { redisUrl } from "../support/queue-backends.ts";
import { adminKey, environmentOf, makeStarter } from "./start-muster.ts";

/** An installation of real processes over one database and one queue, on the backend of this test run. */
export type Installation = {
  db: Database;
  /** The queues, to look into. */
  queues: Queues;
  /** The settings that every process of it gets. */
  environment: Record<string, string>;
  startApi(more?: Record<string, string>): Promise<MusterProcess & { client: Client }>;
  startWorker(more?: Record<string, string>): Promise<MusterProcess>;
  /** Kills what still runs, empties the queues and drops the database. */
  close(): Promise<void>;
};

/** Makes an installation without a process; on `existing` where the database is not to be one of the test server. */
export async function openInstallation(existing?: FreshDatabase): Promise<Installation> {
  const cwd = await buildMuster();
  const fresh = existing ?? (await freshDatabase());
  const { url, db } = fresh;
  const backend = await openQueueBackend({ db, redisUrl, log: makeLog("silent") });
  const queues = openQueues(backend);
  const environment = environmentOf(url, redisUrl);
  const starter = makeStarter(environment, cwd);

  return {
    db,
    queues,
    environment,
    async startApi(more = {}) {
      const api = await starter.start("api", more);
      return { ...api, client: makeClient(api.address, adminKey) };
    },
    startWorker: (more = {}) => starter.start("worker", more),
    async close() {
      await starter.killAll();
      await Promise.allSettled(queueNames.map((name) => queues[name].obliterate({ force: true })));
      await closeQueues(queues);
      await backend.close();
      await fresh.drop();
    },
  };
}
