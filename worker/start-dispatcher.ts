import { claimChunks } from "../core/batches/run/claim-chunks.ts";
import { beat, stopBeating } from "../core/batches/run/heartbeat.ts";
import { queuedPerSlot } from "../core/batches/run/windows-sql.ts";
import { rejectLostUploads } from "../core/batches/submit/reject-lost-uploads.ts";
import { advanceBatches } from "../core/batches/run/advance-batches.ts";
import type { Log } from "../db/log.ts";
import { logFault } from "../db/log-fault.ts";
import { newId } from "../db/new-id.ts";
import { listen } from "../db/listen.ts";
import { connectionsOf, openDatabase } from "../db/open-database.ts";
import type { Database } from "../db/open-database.ts";
import { tellingOf } from "../db/outage.ts";
import type { Monitor } from "../monitor/monitor.ts";
import { addChunks } from "./add-chunks.ts";
import type { QueueBackend } from "./queue-backend.ts";
import { recoverChunks } from "./recover-chunks.ts";
import type { Queues } from "./queues.ts";
import { withServerOptions } from "../db/server-options.ts";
import { singleFlight } from "./single-flight.ts";
import { untraced } from "../db/tracing.ts";
import { addDeliveries } from "./webhooks/add-deliveries.ts";
import type { OnFinished } from "./tell-finished.ts";

/** Keeps the queues filled from the chunks that are ready and the messages that are due; one lives in every worker process. */
export type Dispatcher = {
  /** Looks at once for batches to finish and chunks to queue, because a chunk has just ended and its batch has not. */
  chunkEnded: () => void;
  /** Whether it would hear that chunks are ready. */
  isAlive: () => boolean;
  close: () => Promise<void>;
};

export type DispatcherOptions = {
  db: Database;
  backend: QueueBackend;
  queues: Queues;
  slots: number;
  /** Called each time the database took this worker's sign of life, every two seconds while all is well. */
  onBeat?: () => void;
  onFinished: OnFinished;
  monitor: Pick<Monitor, "watchPools">;
  log: Log;
};

const TICK_MS = 2_000;

const poolSize = 2;

/** How many connections the dispatcher opens at most, with the one that it listens on. */
export const dispatcherConnections = connectionsOf(poolSize) + 1;

/**
 * The dispatcher's own connection. It never waits behind a chunk's statements, nor for the disk: what a crash of Postgres takes
 * back, a chunk queued or a batch finished, the next tick does again, and a chunk's own commit is always waited for.
 */
function openUnsynced(url: string, log: Log): Database {
  return openDatabase(withServerOptions(url, "-c synchronous_commit=off"), { role: "dispatcher", poolSize, log });
}

/** Starts to dispatch: on NOTIFY, after each chunk, and every two seconds, which is also how lost work comes back. */
export async function startDispatcher(options: DispatcherOptions): Promise<Dispatcher> {
  const { backend, queues, slots, onBeat, onFinished, monitor, log } = options;
  const db = openUnsynced(options.db.url, log);
  monitor.watchPools("dispatcher", db.use);
  const id = newId();
  let liveSlots = slots;
  let mayHaveEnded = true;

  const dispatch = singleFlight(() => reported("dispatch", fillWindows));
  const beatOnce = singleFlight(() => reported("heartbeat", sayAlive));
  const deliver = singleFlight(() => reported("webhooks", () => addDeliveries(db, queues.webhooks)));
  const recover = singleFlight(() => reported("recovery", findLost));

  async function fillWindows(): Promise<void> {
    const ended = mayHaveEnded;
    mayHaveEnded = false;
    if (ended) await Promise.all([advanceBatches(db, onFinished), queueChunks()]);
    // Told of work, and there is none: what was resumed or cancelled may have nothing left to do.
    else if ((await queueChunks()) === 0) await advanceBatches(db, onFinished);
  }

  async function queueChunks(): Promise<number> {
    const chunks = await claimChunks(db, liveSlots * queuedPerSlot);
    if (chunks.length > 0) await tellingOf(backend.outage, "dispatch", () => addChunks(queues, chunks));
    return chunks.length;
  }

  async function sayAlive(): Promise<void> {
    liveSlots = await tellingOf(db.outage, "heartbeat", () => beat(db, id, slots));
    onBeat?.();
  }

  async function findLost(): Promise<void> {
    const [recovered] = await Promise.all([recoverChunks(db, queues), rejectLostUploads(db)]);
    if (recovered > 0) void dispatch();
  }

  async function reported(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (err) {
      logFault(log, err, `${what} failed and will be tried again`);
      if (isTableGone(err)) await backend.restore().catch(() => {});
    }
  }

  function chunkEnded(): void {
    mayHaveEnded = true;
    // What it finds to do is of all batches, and of no trace of the chunk that has ended.
    untraced(() => void dispatch());
  }

  function tick(): void {
    void beatOnce();
    void recover();
    void deliver();
    chunkEnded();
  }

  await beatOnce();
  const listener = await listen(
    options.db,
    { muster_dispatch: () => void dispatch(), muster_webhook: () => void deliver() },
    tick,
  );
  const ticking = setInterval(tick, TICK_MS);
  tick();

  return {
    chunkEnded,
    isAlive: listener.isAlive,
    async close() {
      clearInterval(ticking);
      await Promise.allSettled([listener.close(), dispatch(), recover(), deliver(), beatOnce()]);
      await reported("sign-off", () => stopBeating(db, id));
      await db.close();
    },
  };
}

// Undefined table, function and schema: somebody removed the queue's tables.
const GONE = new Set(["42P01", "42883", "3F000"]);

function isTableGone(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && GONE.has(code);
}
