import type { CoreContext } from "../context.ts";
import type { BatchWatch } from "./watch-batches.ts";

/** Whether the batch has no pending row within `timeoutMs`; woken by the batch's own notifications. */
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
    select exists (select from chunks where batch_id = ${batchId} and pending > 0)
      and exists (select from batches where id = ${batchId} and state in ('running', 'scheduled', 'paused')) as pending`;
  return found?.pending ?? false;
}
