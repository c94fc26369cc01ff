import { queueNames } from "../../contract/operations.ts";
import { makeLog } from "../../db/log.ts";
import type { Database } from "../../db/open-database.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { closeQueues, openQueues } from "../../worker/queues.ts";
import type { Queues } from "../../worker/queues.ts";
import { buildMuster } from "../support/build-muster.ts";
import { makeClient, type Client } from "../support/client.ts";
import { freshDatabase, type FreshDatabase } from "../support/fresh-database.ts";
import { atWork, startProcess, type MusterProcess } from "../support/processes.ts";
import { redisUrl } from "../support/queue-backends.ts";

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

/** The bearer token of every installation of the tests. */
export const adminKey = "the-environment-token-of-the-faults-0123456789";

/** Makes an installation without a process; on `existing` where the database is not to be one of the test server. */
export async function openInstallation(existing?: FreshDatabase): Promise<Installation> {
  const cwd = await buildMuster();
  const fresh = existing ?? (await freshDatabase());
  const { url, db } = fresh;
  const backend = await openQueueBackend({ db, redisUrl, log: makeLog("silent") });
  const queues = openQueues(backend);
  const processes: MusterProcess[] = [];
  const environment = {
    DATABASE_URL: url,
    MUSTER_SECRET_KEY: "the secret key of the faults, of 32 letters and more",
    MUSTER_ADMIN_API_KEY: adminKey,
    MUSTER_ADMIN_EMAIL: "admin@muster.example",
    MUSTER_ADMIN_PASSWORD: "correct horse battery",
    PORT: "0",
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
  };

  async function start(command: "api" | "worker", more: Record<string, string>): Promise<MusterProcess> {
    const started = await startProcess({
      command: ["node", "dist/main.js", command],
      environment: { ...environment, ...more },
      readyWhen: atWork[command],
      cwd,
    });
    processes.push(started);
    return started;
  }

  return {
    db,
    queues,
    environment,
    async startApi(more = {}) {
      const api = await start("api", more);
      return { ...api, client: makeClient(api.address, adminKey) };
    },
    startWorker: (more = {}) => start("worker", more),
    async close() {
      await Promise.all(processes.map((one) => one.kill("SIGKILL")));
      await Promise.allSettled(queueNames.map((name) => queues[name].obliterate({ force: true })));
      await closeQueues(queues);
      await backend.close();
      await fresh.drop();
    },
  };
}
