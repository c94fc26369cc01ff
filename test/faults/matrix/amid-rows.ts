import { eventually } from "../../support/eventually.ts";
import { untilEnded } from "../batch-stand.ts";
import type { Scene } from "./scene.ts";
import type { Stand } from "./stand.ts";
import { applied, finishLimit, newBatch, newRemoval, type Started } from "./work.ts";

/**
 * Lets the fault strike while rows are under way: users are made and others deleted, batches keep coming, the next one before
 * the last has ended, and one more starts once the fault is over.
 */
export async function amidRows({ stand, rows, batches, strike }: Scene): Promise<void> {
  const over = new AbortController();
  const removal = await newRemoval(stand, rows);
  const first = await newBatch(stand, rows);
  const second = await newBatch(stand, rows);

  async function start(batch: Started): Promise<void> {
    batches.push(batch);
    await applied(stand, batch.batchId);
  }

  async function startMore(): Promise<void> {
    for (let next = second; ; next = await newBatch(stand, rows)) {
      await eventually(async () => over.signal.aborted || (await rowsLeft(stand, batches)) < 2 * rows, finishLimit);
      const last = over.signal.aborted;
      await start(next);
      if (last) return;
    }
  }

  await start(first);
  await start(removal);
  await untilEnded(stand.db, first.batchId, 1);
  const starting = startMore();
  // Told at the end, after the fault is over.
  starting.catch(() => {});
  await strike().finally(() => over.abort());
  await starting;
}

async function rowsLeft({ db }: Stand, batches: readonly Started[]): Promise<number> {
  const [found] = await db.sql<{ left: number }[]>`
    select coalesce(sum(pending), 0)::int as left
    from chunks where batch_id = any(${batches.map(({ batchId }) => batchId)})`;
  return found?.left ?? 0;
}
