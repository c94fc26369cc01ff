import type { Log } from "./log.ts";
import { unlessAway } from "./outage.ts";
import { isStoreAway } from "./store-away.ts";

/**
 * Logs what kept work from being done that is tried again: a warning. Where a store is away that is told of once; of a single
 * connection that was lost while its store is there, the warning comes when that is certain, with the time of the fault.
 */
export function logFault(log: Log, err: unknown, message: string, fields: Record<string, unknown> = {}): void {
  if (isStoreAway(err)) {
    log.debug({ ...fields, err }, message);
    const seenAt = new Date().toISOString();
    unlessAway(log, () => log.warn({ ...fields, err, seenAt }, message));
  } else log.warn({ ...fields, err }, message);
}
