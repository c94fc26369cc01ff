import type { CoreContext } from "../context.ts";
import type { BatchWatch } from "./watch-batches.ts";

/**
 * Whether every row of the batch has ended within `timeoutMs`; woken by the batch's own notifications. A batch of one is
 * told as soon as its row has ended; a larger one when its state says so too.
 */
export async function waitForBatch(
  context: CoreContext,
  watch: BatchWatch,
  batchId: string,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  const wakes = watch.subscribe(batchId);
  try {
    for (;;) {
      if (!(await hasPending(context, batchId))) return true;
      const left = deadline - Date.now();
      if (left <= 0) return false;
      await wakes.next(left);
    }
  } finally {
    wakes.end();
  }
}

async function hasPending(context: CoreContext, batchId: string): Promise<boolean> {
  const [found] = await context.db.sql<{ pending: boolean }[]>`
    select state in ('running', 'scheduled', 'paused')
      and (source <> 'single' or exists (select from chunks where batch_id = batches.id and pending > 0)) as pending
    from batches where id = ${batchId}`;
  return found?.pending ?? false;
}
