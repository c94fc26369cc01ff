import type { CoreContext } from "../../core/context.ts";
import { openSecrets } from "../../core/secrets/secrets.ts";
import { makeLog } from "../../db/log.ts";
import { freshDatabase } from "./fresh-database.ts";

/** A core of one test file's own: a fresh database, a key, and a clock that a test may move. */
export type CoreFixture = {
  context: CoreContext;
  /** Moves the clock by `days`, which may be a fraction or negative; it runs on from there. */
  passDays(days: number): void;
  /** Sets the clock back to the time of the machine. */
  resetClock(): void;
  close(): Promise<void>;
};

/** The secret key of every core fixture. */
export const coreKey = "the secret key of the tests of core, 32 letters and more";

const dayMs = 86_400_000;

/** Opens a core without a queue; call it in `beforeAll`, and `close` in `afterAll`. */
export async function openCore(): Promise<CoreFixture> {
  const fresh = await freshDatabase();
  let aheadMs = 0;
  return {
    context: {
      db: fresh.db,
      log: makeLog("silent"),
      restoreDays: 30,
      now: () => new Date(Date.now() + aheadMs),
      secrets: openSecrets(coreKey),
    },
    passDays(days) {
      aheadMs += days * dayMs;
    },
    resetClock() {
      aheadMs = 0;
    },
    close: async () => await fresh.drop(),
  };
}
