import type { Log } from "./log.ts";
import { placeOf, type Store } from "./store-place.ts";
import { isStoreAway, isStoreFull } from "./store-away.ts";

/** Tells in the log when a store goes, once, and when it is back, however many see it. */
export type Outage = {
  /** `who` cannot work with it, for this reason. */
  begins(who: string, error: unknown): void;
  /** `who` can again; the store is back when all can who could not, but for who has not been refused for a minute: others do that work. */
  ends(who: string): void;
};

const forgetMs = 60_000;

/** Until then an outage that a fault comes of has been told of: who listens has missed an answer, and no connection was made anew. */
const settleMs = 15_000;

/** What is known of the stores of those who write into one log. */
type Known = {
  outages: Map<string, Outage>;
  /** When somebody last could not work with one, or could again. */
  awayAt: number;
  /** Until then no fault is told of by itself. */
  quietUntil: number;
};

const stores = new WeakMap<Log, Known>();

function knownTo(log: Log): Known {
  const known = stores.get(log) ?? { outages: new Map(), awayAt: -Infinity, quietUntil: -Infinity };
  stores.set(log, known);
  return known;
}

/** What tells of the store at `url`: the same for all who write into this log. */
export function outageOf(log: Log, store: Store, url: string): Outage {
  const address = `${placeOf(store, url)}${new URL(url).pathname}`;
  const known = knownTo(log);
  const outage = known.outages.get(address) ?? makeOutage(known, log, store, address);
  known.outages.set(address, outage);
  return outage;
}

/** Has `tell` called for a fault that no outage tells of, before it or in the next 15 seconds: for one a minute. */
export function unlessAway(log: Log, tell: () => void): void {
  const known = knownTo(log);
  const met = performance.now();
  if (met < known.quietUntil) return;
  known.quietUntil = met + forgetMs;
  setTimeout(() => {
    if (met - known.awayAt > forgetMs) tell();
  }, settleMs).unref();
}

/** Does `work`, which writes, for `who`: a store that is there and takes nothing is out of reach until it takes this again. */
export async function tellingOf<T>(outage: Outage, who: string, work: () => Promise<T>): Promise<T> {
  try {
    const done = await work();
    outage.ends(who);
    return done;
  } catch (error) {
    if (isStoreFull(error)) outage.begins(who, error);
    throw error;
  }
}

function makeOutage(known: Known, log: Log, store: Store, address: string): Outage {
  /** Who cannot work with it, and when that was last seen. */
  const without = new Map<string, number>();
  let since = 0;
  function back(): void {
    const seconds = Math.round((performance.now() - since) / 1_000);
    log.info({ store, address, seconds }, "a store that was out of reach answers again");
  }
  function forget(): void {
    const wasAway = without.size > 0;
    for (const [who, at] of without) if (performance.now() - at > forgetMs) without.delete(who);
    if (wasAway && without.size === 0) back();
  }
  return {
    begins(who, error) {
      forget();
      if (without.size === 0) {
        since = performance.now();
        const reason = reasonOf(error);
        log.warn({ store, address, reason }, "a store is out of reach: what needs it waits, and nothing is lost");
      }
      known.awayAt = performance.now();
      without.set(who, known.awayAt);
    },
    ends(who) {
      forget();
      if (!without.delete(who)) return;
      known.awayAt = performance.now();
      if (without.size === 0) back();
    },
  };
}

/** The code of the driver, of the system or of Postgres: never a message, which may hold anything. */
function reasonOf(error: unknown): string {
  const { code, sqlstate, errors, message } = error as Told;
  const told = code ?? sqlstate ?? errors?.[0]?.code;
  if (typeof told === "string") return told;
  // What Redis says before all else, such as NOAUTH or OOM.
  const word = typeof message === "string" ? /^[A-Z]{3,20}(?= )/.exec(message)?.[0] : undefined;
  return word ?? (isStoreAway(error) ? "no answer" : "unknown");
}

type Told = { code?: unknown; sqlstate?: unknown; errors?: { code?: unknown }[]; message?: unknown };
