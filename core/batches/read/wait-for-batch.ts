import type { CoreContext } from "../../context.ts";
import type { BatchWatch } from "./watch-batches.ts";

/** A batch that is waited for, and how long; `queued`: its rows have just gone into the queue. */
export type Awaited = { id: string; queued?: boolean | undefined; timeoutMs: number };

/** After how long something is looked for that nobody has told of. */
const unheardMs = 250;

/**
 * Gives what `look` finds of the batch, which it does not before the batch has come so far; undefined where that takes
 * longer than `timeoutMs`, or than the watch. Looks at once, or where the rows have just been queued once something is heard
 * of them, and again at each of the batch's notifications.
 */
export async function waitFor<T>(
  watch: BatchWatch,
  { id, queued = false, timeoutMs }: Awaited,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs;
  const wakes = watch.subscribe(id);
  try {
    if (queued) await wakes.next(Math.min(unheardMs, timeoutMs));
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
export async function waitForBatch(context: CoreContext, watch: BatchWatch, awaited: Awaited): Promise<boolean> {
  const latest = new Date(context.now().getTime() + awaited.timeoutMs);
  const over = await waitFor(watch, awaited, async () => {
    const [found] = await context.db.sql<{ over: boolean; later: boolean }[]>`
      select state not in ('running', 'scheduled', 'paused') as over,
        state = 'awaiting_approval' or state = 'scheduled' and start_at > ${latest} as later
      from batches where id = ${awaited.id}`;
    if (found?.later === true) return false;
    return found?.over === false ? undefined : true;
  });
  return over ?? false;
}
