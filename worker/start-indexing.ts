import type { Log } from "../db/log.ts";
import { logFault } from "../db/log-fault.ts";

const RESTS_MS = 1_000;

/**
 * Takes a step of indexing (`index` gives the rows that it took on) each second until closed. Steps are small and the
 * rest between them is long, so that a million new names cost the workers a tenth of their time for some minutes, and
 * no agent their patience.
 */
export function startIndexing(index: () => Promise<number>, log: Log): { close: () => Promise<void> } {
  let step: Promise<unknown> = Promise.resolve();
  let stepping = false;
  const ticking = setInterval(() => {
    if (stepping) return;
    stepping = true;
    step = index()
      .catch((err: unknown) => logFault(log, err, "names could not be indexed and will be tried again"))
      .finally(() => {
        stepping = false;
      });
  }, RESTS_MS);
  return {
    async close() {
      clearInterval(ticking);
      await step;
    },
  };
}
