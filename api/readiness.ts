import type { Queue } from "bullmq";
import { Problem } from "../contract/problem.ts";
import { inTransaction } from "../db/in-transaction.ts";
import type { Database } from "../db/open-database.ts";
import { within } from "../db/within.ts";
import type { EventHub } from "./events/event-hub.ts";

/** Waits until it is known whether this api can serve. @throws Problem unavailable, disk_full, queue_unavailable */
export type Readiness = () => Promise<void>;

const answerMs = 4_000;
const queueMs = 2_000;
/** Anybody may ask, as often as they like: one look serves all who ask within so long. */
const heldMs = 1_000;

/** Makes the look at all that an api stands on: a database that answers, hears and has room, and the queue. */
export function makeReadiness(
  { pool }: Pick<Database, "pool">,
  events: Pick<EventHub, "isAlive">,
  queue: Pick<Queue, "isPaused">,
): Readiness {
  let latest: { at: number; look: Promise<void> } | undefined;

  async function look(): Promise<void> {
    await within(
      answerMs,
      inTransaction(pool, async (tx) => {
        await tx.rows("set local work_mem = '64kB'");
        await tx.rows(spillSql);
      }),
    ).catch(tellSilence);
    if (!events.isAlive()) {
      throw new Problem("unavailable", "The connection that hears of changes is lost; it is being made anew");
    }
    await within(queueMs, queue.isPaused()).catch(() => {
      throw new Problem("queue_unavailable", "The queue cannot be reached: chunks wait, and nothing is lost");
    });
  }

  return () => {
    if (latest === undefined || Date.now() - latest.at > heldMs) latest = { at: Date.now(), look: look() };
    return latest.look;
  };
}

/** Sorts a little more than fits into memory, so that Postgres has to write to its disk. */
const spillSql =
  "select max(item) from (select md5(no::text) as item from generate_series(1, 10000) no order by 1 offset 0) sorted";

function tellSilence(error: unknown): never {
  if (error instanceof Error && error.name !== "OutOfTime") throw error;
  throw new Problem("unavailable", "The database does not answer");
}
