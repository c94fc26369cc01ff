import type { CoreContext } from "../../core/context.ts";
import { shareCounts } from "../../core/limits/share-counts.ts";
import { logFault } from "../../db/log-fault.ts";

/** What is left to a caller in this window, which ends in `seconds`; below zero where there was nothing left. */
type Allowance = { limit: number; left: number; seconds: number };

/** Counts the requests of each caller, an API key or a session, by a minute. */
export type RequestLimits = {
  /** Counts one more request of the caller with this hash, where it may make one. */
  take(caller: string): Allowance;
  /** Tells the other processes what this one has counted. */
  close(): Promise<void>;
};

const windowMs = 60_000;
const shareMs = 1_000;

/** The requests of one caller: what all processes were known to have counted, and what this one has counted since. */
type Counted = { shared: number; own: number };

/**
 * Makes limits of `perMinute` requests a caller. Each process counts by itself and shares its counts with the others
 * through the database once a second while there are requests, so that no request waits for it: n processes let through
 * at most what a caller sends in that second to n - 1 of them beyond the limit. While the database is away, each counts on alone.
 */
export function makeRequestLimits(context: CoreContext, perMinute: number): RequestLimits {
  let opensAt = 0;
  let counted = new Map<string, Counted>();
  let timer: NodeJS.Timeout | undefined;
  let sharing: Promise<void> = Promise.resolve();

  function enterWindow(now: number): void {
    const opens = now - (now % windowMs);
    if (opens === opensAt) return;
    opensAt = opens;
    counted = new Map();
  }

  async function share(): Promise<void> {
    timer = undefined;
    const window = counted;
    const own = new Map([...window].filter(([, one]) => one.own > 0).map(([caller, one]) => [caller, one.own]));
    if (own.size === 0) return;
    // Taken off before, and put back where it fails: requests come in between.
    for (const [caller, count] of own) move(window, caller, count);
    try {
      const totals = await shareCounts(context, new Date(opensAt), own);
      for (const [caller, total] of totals) {
        const one = window.get(caller);
        if (one !== undefined) one.shared = total;
      }
    } catch (err) {
      for (const [caller, count] of own) move(window, caller, -count);
      logFault(context.log, err, "request counts could not be shared and will be with the next");
    }
  }

  return {
    take(caller) {
      const now = context.now().getTime();
      enterWindow(now);
      const one = counted.get(caller) ?? { shared: 0, own: 0 };
      const left = perMinute - one.shared - one.own - 1;
      if (left >= 0) {
        one.own += 1;
        counted.set(caller, one);
        timer ??= setTimeout(() => {
          sharing = share();
        }, shareMs).unref();
      }
      return { limit: perMinute, left, seconds: Math.ceil((opensAt + windowMs - now) / 1000) };
    },
    async close() {
      if (timer !== undefined) clearTimeout(timer);
      await sharing;
      await share();
    },
  };
}

/** Moves requests of a caller from those that this process alone knows of to those that all do. */
function move(window: ReadonlyMap<string, Counted>, caller: string, count: number): void {
  const one = window.get(caller);
  if (one === undefined) return;
  one.own -= count;
  one.shared += count;
}
