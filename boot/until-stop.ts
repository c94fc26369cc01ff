import type { Log } from "../db/log.ts";

/** When a process is to stop. */
export type Stop = {
  /** Resolves once the process is to stop. */
  told: Promise<void>;
  /** Aborts at the same moment. */
  signal: AbortSignal;
};

/** npm and tsx pass on the Ctrl-C that the terminal has sent to us as well: within this time the two are one. */
const echoMs = 1_000;

/**
 * Watches for what stops a process: SIGINT, SIGTERM, or an error that nobody caught. The error is logged without its
 * message, which may hold people's names, and the process then ends with 1. Whoever sees `told` closes its parts; what
 * has not closed after `limitMs` is cut off, also by a second signal.
 */
export function untilStop(log: Log, limitMs: number): Stop {
  const stop = new AbortController();
  let toldAt: number | undefined;

  function begin(): void {
    if (toldAt !== undefined) return;
    toldAt = performance.now();
    setTimeout(() => {
      log.error({ limitMs }, "parts of the process did not close in time, and it ends without them");
      process.exit(1);
    }, limitMs).unref();
    stop.abort();
  }

  function onSignal(): void {
    if (toldAt !== undefined && performance.now() - toldAt > echoMs) process.exit(1);
    begin();
  }

  function onFault(err: unknown): void {
    log.error({ err }, "an error that nobody caught stops the process");
    process.exitCode = 1;
    begin();
  }

  const told = new Promise<void>((resolve) => {
    stop.signal.addEventListener("abort", () => resolve());
  });
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  process.on("uncaughtException", onFault).on("unhandledRejection", onFault);
  return { told, signal: stop.signal };
}
