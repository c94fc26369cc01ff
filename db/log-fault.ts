import type { Log } from "./log.ts";
import { isStoreAway } from "./store-away.ts";

/** Logs what kept work from being done that is tried again: a warning, but not where a store is away, which is told of once. */
export function logFault(log: Log, err: unknown, message: string, fields: Record<string, unknown> = {}): void {
  if (isStoreAway(err)) log.debug({ ...fields, err }, message);
  else log.warn({ ...fields, err }, message);
}
