import type { EventEmitter } from "node:events";
import type { Log } from "../db/log.ts";

const QUIET_MS = 10_000;

/** Logs the `error` events of `source`, which end the process when nobody listens, at most once in ten seconds. */
export function logErrors(source: Pick<EventEmitter, "on">, log: Log, what: string): void {
  source.on("error", quietly(log, what));
}

/** Makes a function that logs errors, at most one in ten seconds. */
export function quietly(log: Log, what: string): (err: unknown) => void {
  let quietUntil = 0;
  return (err) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + QUIET_MS;
    log.warn({ err }, what);
  };
}
