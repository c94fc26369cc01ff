import { followClock } from "../db/follow-clock.ts";
import type { Log } from "../db/log.ts";
import { openDatabase, type DatabaseOptions } from "../db/open-database.ts";
import type { CoreContext } from "./context.ts";
import { matchSecretKey } from "./secrets/keys-in-use.ts";
import { openSecrets } from "./secrets/secrets.ts";

/** What closes the parts of a process, the one that was started last first. */
export type Closers = (() => Promise<void>)[];

/** What every process has before it does anything: a database on the newest schema, and the key that seals passwords. */
export type ProcessBase = {
  url: string;
  secretKey: string;
  /** Opens what was sealed before the secret key was changed. */
  previousSecretKey: string | null;
  restoreDays: number;
  log: Log;
  closers: Closers;
};

/** Opens what the rules lean on. @throws Error of one sentence where a key that the database is sealed under is missing */
export async function openCore(
  { url, secretKey, previousSecretKey, restoreDays, log, closers }: ProcessBase,
  { role, poolSize }: Pick<DatabaseOptions, "role" | "poolSize">,
): Promise<CoreContext> {
  const secrets = openSecrets(secretKey, previousSecretKey);
  const db = openDatabase(url, { role, poolSize, keyFingerprint: secrets.fingerprint, log });
  closers.unshift(() => db.close());
  await matchSecretKey(db, secrets);
  const clock = await followClock(db);
  closers.unshift(async () => clock.close());
  return { db, secrets, log, now: clock.now, restoreDays };
}
