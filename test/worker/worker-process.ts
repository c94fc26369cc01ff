import { once } from "node:events";
import { makeLog } from "../../db/log.ts";
import { makeMonitor } from "../../monitor/monitor.ts";
import { openDatabase } from "../../db/open-database.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { openQueues } from "../../worker/queues.ts";
import { startPool } from "../../worker/start-pool.ts";
import { endChunk } from "./queue-fixture.ts";

// A worker process of one slot: tells its parent of each chunk that it starts, ends the chunk when the parent says so, and tells how that went.
const [databaseUrl = "", redisUrl] = process.argv.slice(2);
const log = makeLog("silent");
const db = openDatabase(databaseUrl, { role: "worker", poolSize: 4, log });
const backend = await openQueueBackend({ db, redisUrl, log });
await startPool({
  db,
  backend,
  queues: openQueues(backend),
  concurrency: 1,
  log,
  monitor: makeMonitor(),
  sweep: async () => ({}),
  deliver: async () => null,
  runChunk: async (target) => {
    process.send?.("started");
    await once(process, "message");
    const outcome = await endChunk(db, target);
    process.send?.(outcome.kind);
    return outcome;
  },
});
