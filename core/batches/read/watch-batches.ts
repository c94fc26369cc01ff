/** Hands the notifications of batches to whoever waits for one; fed by the api's one LISTEN connection. */
export type BatchWatch = {
  /** To be called for every `muster_batch` notification, unless it tells of a beginning: nobody waits for that. */
  moved(batchId: string): void;
  /** To be called when notifications may have been missed: wakes every waiter. */
  resync(): void;
  /** To be called when no notification will come any more: whoever waits is told at once, and need not wait again. */
  close(): void;
  isClosed(): boolean;
  subscribe(batchId: string): BatchWakes;
};

type BatchWakes = {
  /** To be called before a look at the batch, which sees what it was told of until then. */
  clear(): void;
  /** Resolves at the next movement, at once where one came since `clear`, and after `timeoutMs` at the latest. */
  next(timeoutMs: number): Promise<void>;
  end(): void;
};

/** Makes an empty watch. */
export function watchBatches(): BatchWatch {
  const waiters = new Map<string, Set<() => void>>();
  let closed = false;
  const wake = (batchId: string) => waiters.get(batchId)?.forEach((call) => call());
  const wakeAll = () => [...waiters.keys()].forEach(wake);
  return {
    moved: wake,
    resync: wakeAll,
    close() {
      closed = true;
      wakeAll();
    },
    isClosed: () => closed,
    subscribe(batchId) {
      let moved = false;
      let resolve: (() => void) | undefined;
      const call = () => {
        moved = true;
        resolve?.();
      };
      const calls = waiters.get(batchId) ?? new Set();
      waiters.set(batchId, calls.add(call));
      return {
        clear() {
          moved = false;
        },
        async next(timeoutMs) {
          if (moved) return;
          let timer: NodeJS.Timeout | undefined;
          await new Promise<void>((done) => {
            resolve = done;
            timer = setTimeout(done, timeoutMs);
          });
          clearTimeout(timer);
        },
        end() {
          calls.delete(call);
          if (calls.size === 0) waiters.delete(batchId);
        },
      };
    },
  };
}
