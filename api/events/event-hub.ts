import type { BatchWatch } from "../../core/batches/read/watch-batches.ts";
import type { CoreContext } from "../../core/context.ts";
import { listen, type Listener } from "../../db/listen.ts";

/** Something that a page should look at again. */
export type Hint = { kind: "batch"; batchId: string; seq: number } | { kind: "resync" };

/** Passes hints on to whoever subscribes, from one LISTEN for the whole process. */
export type EventHub = {
  start(): Promise<void>;
  /** Whether moves are heard of. */
  isAlive: () => boolean;
  /** Calls `hear` for each hint until the returned function is called, and `end` when the hub closes before that. */
  subscribe(hear: (hint: Hint) => void, end: () => void): () => void;
  close(): Promise<void>;
};

const quietMs = 250;

/**
 * Makes the hub: at most one hint per batch per 250 ms, and the last move of a batch always comes through. Requests
 * that wait for a batch hear of every move, through `watch`.
 */
export function makeEventHub({ db }: Pick<CoreContext, "db">, watch: BatchWatch): EventHub {
  const hearers = new Map<(hint: Hint) => void, () => void>();
  const quiet = new Map<string, { again: boolean; timer: NodeJS.Timeout }>();
  let seq = 0;
  let listener: Listener | null = null;

  function tell(hint: Hint): void {
    for (const hear of hearers.keys()) hear(hint);
  }

  function move(batchId: string): void {
    const pause = quiet.get(batchId);
    if (pause !== undefined) {
      pause.again = true;
      return;
    }
    seq += 1;
    tell({ kind: "batch", batchId, seq });
    const timer = setTimeout(() => {
      const { again } = quiet.get(batchId) ?? { again: false };
      quiet.delete(batchId);
      if (again) move(batchId);
    }, quietMs).unref();
    quiet.set(batchId, { again: false, timer });
  }

  function moved(batch: string): void {
    const [batchId = "", state] = batch.split(" ");
    if (state !== "running") watch.moved(batchId);
    move(batchId);
  }

  return {
    async start() {
      listener = await listen(db, { muster_batch: moved }, () => {
        watch.resync();
        tell({ kind: "resync" });
      });
    },
    isAlive: () => listener?.isAlive() ?? false,
    subscribe(hear, end) {
      hearers.set(hear, end);
      return () => hearers.delete(hear);
    },
    async close() {
      for (const { timer } of quiet.values()) clearTimeout(timer);
      for (const end of hearers.values()) end();
      await listener?.close();
    },
  };
}
