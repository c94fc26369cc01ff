import type { CoreContext } from "../../context.ts";
import type { BatchWatch } from "./watch-batches.ts";

/**
 * Gives what `look` finds of the batch, which it does not before the batch has come so far; undefined where that takes
 * longer than `timeoutMs`, or than the watch. Looks at once, and again at each of the batch's notifications.
 */
export async function waitFor<T>(
  watch: BatchWatch,
  batchId: string,
  timeoutMs: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs;
  const wakes = watch.subscribe(batchId);
  try {
    for (;;) {
      wakes.clear();
      const found = await look();
      if (found !== undefined) return found;
      const left = deadline - performance.now();
      if (left <= 0 || watch.isClosed()) return undefined;
      await wakes.next(left);
    }
  } finally {
    wakes.end();
  }
}

/**
 * Whether every row of the batch has ended within `timeoutMs`; a batch that starts later than that, or awaits approval, is not
 * waited for.
 */
export async function waitForBatch(
  context: CoreContext,
  watch: BatchWatch,
  batchId: string,
  timeoutMs: number,
): Promise<boolean> {
  const latest = new Date(context.now().getTime() + timeoutMs);
  const over = await waitFor(watch, batchId, timeoutMs, async () => {
    const [found] = await context.db.sql<{ over: boolean; later: boolean }[]>`
      select state not in ('running', 'scheduled', 'paused') as over,
        state = 'awaiting_approval' or state = 'scheduled' and start_at > ${latest} as later
      from batches where id = ${batchId}`;
    if (found?.later === true) return false;
    return found?.over === false ? undefined : true;
  });
  return over ?? false;
}
