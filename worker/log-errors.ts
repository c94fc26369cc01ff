import type { EventEmitter } from "node:events";
import type { Log } from "../db/log.ts";
import { logFault } from "../db/log-fault.ts";

const QUIET_MS = 10_000;

/** Logs the `error` events of `source`, which end the process when nobody listens, at most once in ten seconds. */
export function logErrors(source: Pick<EventEmitter, "on">, log: Log, what: string): void {
  let quietUntil = 0;
  source.on("error", (err: unknown) => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + QUIET_MS;
    logFault(log, err, what);
  });
}
