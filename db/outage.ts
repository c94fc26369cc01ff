import { asFault, TransientFault } from "./faults.ts";
import type { Log } from "./log.ts";
import { placeOf, type Store } from "./store-place.ts";

/** Tells in the log when a store goes, once, and when it is back, however many of its connections see it. */
export type Outage = { begins(error: unknown): void; ends(): void };

const outages = new WeakMap<Log, Map<string, Outage>>();

/** What tells of the store at `url`: the same for all who write into this log. */
export function outageOf(log: Log, store: Store, url: string): Outage {
  const address = `${placeOf(store, url)}${new URL(url).pathname}`;
  const known = outages.get(log) ?? new Map<string, Outage>();
  outages.set(log, known);
  const outage = known.get(address) ?? makeOutage(log, store, address);
  known.set(address, outage);
  return outage;
}

function makeOutage(log: Log, store: Store, address: string): Outage {
  let since: number | undefined;
  return {
    begins(error) {
      if (since !== undefined) return;
      since = performance.now();
      const reason = reasonOf(error);
      log.warn({ store, address, reason }, "a store is out of reach: what needs it waits, and nothing is lost");
    },
    ends() {
      if (since === undefined) return;
      const seconds = Math.round((performance.now() - since) / 1_000);
      since = undefined;
      log.info({ store, address, seconds }, "a store that was out of reach answers again");
    },
  };
}

/** The code of the driver, of the system or of Postgres: never a message, which may hold anything. */
function reasonOf(error: unknown): string {
  const { code, errors, message } = error as { code?: unknown; errors?: { code?: unknown }[]; message?: unknown };
  const told = code ?? errors?.[0]?.code;
  if (typeof told === "string") return told;
  // What Redis says before all else, such as NOAUTH or WRONGPASS.
  const word = typeof message === "string" ? /^[A-Z]{4,20}(?= )/.exec(message)?.[0] : undefined;
  const fault = asFault(error);
  return word ?? (fault instanceof TransientFault ? "no answer" : "unknown");
}
