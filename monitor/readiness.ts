import type { Queue } from "bullmq";
import { Problem } from "../contract/problem.ts";
import type { Database } from "../db/open-database.ts";
import { within } from "../db/within.ts";
import { writeToDisk } from "../db/write-to-disk.ts";
import { holdLook } from "./hold-look.ts";

/** Waits until it is known whether this process can work. @throws Problem unavailable, disk_full, queue_unavailable */
export type Readiness = () => Promise<void>;

const answerMs = 4_000;
const queueMs = 2_000;
/** Anybody may ask, as often as they like: one look serves all who ask within so long. */
const heldMs = 1_000;

/** Makes the look at all that a process stands on: a database that answers and has room, the queue, and what it `hears` of changes by. */
export function makeReadiness(
  db: Pick<Database, "pool">,
  hears: () => boolean,
  queue: Pick<Queue, "isPaused">,
): Readiness {
  async function look(): Promise<void> {
    await within(answerMs, writeToDisk(db)).catch(tellSilence);
    if (!hears()) {
      throw new Problem("unavailable", "The connection that hears of changes is lost; it is being restored");
    }
    await within(queueMs, queue.isPaused()).catch(() => {
      throw new Problem("queue_unavailable", "The queue cannot be reached: chunks wait, and nothing is lost");
    });
  }

  return holdLook(heldMs, look);
}

function tellSilence(error: unknown): never {
  if (error instanceof Error && error.name !== "OutOfTime") throw error;
  throw new Problem("unavailable", "The database does not answer");
}
