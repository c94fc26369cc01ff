import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../../../db/open-database.ts";

/** Watches rows of a batch come to their ends. */
export type RowsWatch = {
  /** Stops, and gives the longest time since `from`, in ms of `performance.now()`, in which no row ended though some were left. */
  end(from: number): Promise<number>;
};

const lookMs = 100;

/** Starts to watch; a look that the database does not answer sees no row end. */
export function watchRows(db: Database, batchId: string): RowsWatch {
  const seen: { at: number; pending: number }[] = [];
  const over = new AbortController();

  async function look(): Promise<void> {
    const [found] = await db.sql<{ pending: number }[]>`
      select sum(pending)::int as pending from chunks where batch_id = ${batchId}`;
    const pending = found?.pending ?? 0;
    if (pending !== seen.at(-1)?.pending) seen.push({ at: performance.now(), pending });
  }

  const looking = (async () => {
    for (; !over.signal.aborted; await pause(lookMs)) await look().catch(() => {});
  })();

  return {
    async end(from) {
      over.abort();
      await looking;
      await look();
      const later = seen.filter(({ at }) => at > from).map(({ at }) => at);
      return Math.max(0, ...later.map((at, no) => at - (later[no - 1] ?? from)));
    },
  };
}
