import type { Log } from "../db/log.ts";
import type { Database } from "../db/open-database.ts";
import type { QueuedChunk } from "./queued-chunk.ts";
import type { Secrets } from "./secrets/secrets.ts";

/** What every rule of core/ may lean on; built once by main.ts, or by a test. */
export type CoreContext = {
  db: Database;
  secrets: Secrets;
  log: Log;
  /** The clock of the database, so that all processes have the same; tests inject their own. */
  now: () => Date;
  /** Days during which a deleted user can be restored. */
  restoreDays: number;
  /** Puts a chunk that has been claimed into its queue, without being waited for; where there is none, dispatchers do it all. */
  enqueue?: (chunk: QueuedChunk) => void;
};
