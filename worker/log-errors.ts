import type { EventEmitter } from "node:events";
import { isConnectionLost } from "../db/faults.ts";
import type { Log } from "../db/log.ts";

const QUIET_MS = 10_000;

/**
 * Logs the `error` events of `source`, which end the process when nobody listens, at most once in ten seconds. A store that is
 * away, others have told of.
 */
export function logErrors(source: Pick<EventEmitter, "on">, log: Log, what: string): void {
  let quietUntil = 0;
  source.on("error", (err: unknown) => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + QUIET_MS;
    if (isAway(err)) log.debug({ err }, what);
    else log.warn({ err }, what);
  });
}

/** What the client of Redis says without a code where its connection is gone. */
const awayMessages = /^(Connection is closed|Command timed out|Socket timeout)/;

function isAway(error: unknown): boolean {
  return isConnectionLost(error) || (error instanceof Error && awayMessages.test(error.message));
}
