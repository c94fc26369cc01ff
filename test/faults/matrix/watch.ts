import { setTimeout as pause } from "node:timers/promises";
import type { Stand } from "./stand.ts";
import type { Started } from "./work.ts";

/** Watches something that ought to go on. */
type Watch = {
  stop(): void;
  /**
   * Stops, and gives the longest time since `from`, in ms of `performance.now()`, in which it, or a part of it, did not go on.
   * @throws Error where it never did.
   */
  end(from: number): Promise<number>;
};

const lookMs = 100;

/** Watches rows of `batches`, to which more may come, end; a time in which none was left counts as well. */
export function watchRows({ db }: Stand, batches: readonly Started[]): Watch {
  let seen = 0;
  return watch("ended a row", async () => {
    const [found] = await db.sql<{ ended: number }[]>`
      select coalesce(sum(row_to - row_from + 1 - pending), 0)::int as ended
      from chunks where batch_id = any(${batches.map(({ batchId }) => batchId)})`;
    const before = seen;
    seen = found?.ended ?? 0;
    return seen > before;
  });
}

/** Watches whether the api is ready, whichever is there. */
export function watchApi(stand: Stand): Watch {
  return watch("showed that the api was ready", async () => (await stand.api.client.request("/readyz")).status === 200);
}

/**
 * Watches chunks of `batches`, to which more may come: the time is the longest that one took to its end after it was in the queue
 * or at work, so that it tells of rows that stand still while others go on.
 */
export function watchChunks({ db }: Stand, batches: readonly Started[]): Watch {
  const seen = new Map<string, { since: number; end?: number }>();

  const looking = lookOften(async () => {
    const chunks = await db.sql<{ id: string; done: boolean }[]>`
      select batch_id || ' ' || no as id, state = 'done' as done
      from chunks where batch_id = any(${batches.map(({ batchId }) => batchId)}) and state in ('queued', 'done')`;
    const now = performance.now();
    for (const { id, done } of chunks) {
      const chunk = seen.get(id);
      if (!done) seen.set(id, { since: chunk?.since ?? now });
      else if (chunk !== undefined) chunk.end ??= now;
    }
  });

  return {
    stop: () => looking.stop(),
    async end(from) {
      await looking.end();
      return Math.max(0, ...[...seen.values()].map(({ since, end = 0 }) => end - Math.max(since, from)));
    },
  };
}

/** Starts to look whether something went on; a look that fails did not see it. */
function watch(what: string, wentOn: () => Promise<boolean>): Watch {
  const seen: number[] = [];
  const looking = lookOften(async () => {
    if (await wentOn()) seen.push(performance.now());
  });

  return {
    stop: () => looking.stop(),
    async end(from) {
      await looking.end();
      const later = seen.filter((at) => at > from);
      if (later.length === 0) throw new Error(`nothing ${what} after the fault, so that its recovery was not seen`);
      return Math.max(...later.map((at, no) => at - (later[no - 1] ?? from)));
    },
  };
}

/** Looks ten times a second until it is stopped, whether a look fails or not, and at its `end` once more. */
function lookOften(look: () => Promise<void>): { stop(): void; end(): Promise<void> } {
  const over = new AbortController();
  const looking = (async () => {
    for (; !over.signal.aborted; await pause(lookMs)) await look().catch(() => {});
  })();

  return {
    stop: () => over.abort(),
    async end() {
      over.abort();
      await looking;
      await look();
    },
  };
}
