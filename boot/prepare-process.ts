import type { Closers, ProcessBase } from "../core/open-core.ts";
import { keptSecretKey } from "../core/secrets/secret-key.ts";
import { openToRole, roleStanding } from "../db/app-role.ts";
import { assertServerVersion } from "../db/assert-server-version.ts";
import { faultProblem } from "../db/connection-problem.ts";
import { startEmbeddedPostgres } from "../db/embedded-postgres.ts";
import type { Log } from "../db/log.ts";
import { assertMigrated, migrate } from "../db/migrate.ts";
import { blameFolder } from "./folder-problem.ts";

type DatabaseSettings = {
  /** undefined: the Postgres that comes with the packages, its data in `dataDir`. */
  databaseUrl: string | undefined;
  /** Who owns the tables and migrates them, where that is not the role in `databaseUrl`. */
  ownerUrl: string | undefined;
  dataDir: string;
};

type BaseSettings = DatabaseSettings & {
  /** undefined: one that is made and kept in `dataDir`. */
  secretKey: string | undefined;
  previousSecretKey: string | undefined;
  restoreDays: number;
};

/**
 * Brings the database up and to the newest schema, and finds the secret key. What was started is in `closers`, also where
 * this fails. @throws Error of one sentence where the server is too old or cannot be started
 */
export async function prepareProcess(settings: BaseSettings, log: Log, closers: Closers): Promise<ProcessBase> {
  const { dataDir, restoreDays } = settings;
  return {
    url: await prepareDatabase(settings, log, closers),
    secretKey: settings.secretKey ?? (await keptSecretKey(dataDir).catch(blameFolder(dataDir))),
    previousSecretKey: settings.previousSecretKey ?? null,
    restoreDays,
    log,
    closers,
  };
}

/** The part of `prepareProcess` that is about the database; gives the address that the process works with. */
export async function prepareDatabase(
  { databaseUrl, ownerUrl, dataDir }: DatabaseSettings,
  log: Log,
  closers: Closers,
): Promise<string> {
  if (databaseUrl === undefined) {
    const embedded = await startEmbeddedPostgres({ dataDir, log }).catch(blameFolder(dataDir));
    closers.unshift(() => embedded.stop());
    const setting = "MUSTER_DATA_DIR";
    await bringUp({ url: embedded.appUrl, setting }, { url: embedded.url, setting }, log);
    return embedded.appUrl;
  }
  const owner = ownerUrl === undefined ? null : { url: ownerUrl, setting: "DATABASE_OWNER_URL" };
  await bringUp({ url: databaseUrl, setting: "DATABASE_URL" }, owner, log);
  return databaseUrl;
}

/** An address of the database, and the setting that leads to it. */
type Address = { url: string; setting: string };

/** Brings the tables to their newest form as whoever owns them, and lets the role of the processes work with them. */
async function bringUp(app: Address, owner: Address | null, log: Log): Promise<void> {
  if (owner !== null) {
    await asRole(owner, async (url) => {
      await migrate(url);
      await openToRole(url, app.url);
    });
  }
  const { name, superuser } = await asRole(app, async (url) => {
    const standing = await roleStanding(url);
    if (owner === null) await (standing.owner ? migrate(url) : assertMigrated(url));
    return standing;
  });
  if (!superuser) return;
  log.warn(
    `The processes work as ${name}, a superuser of the database, who can switch off the trigger that keeps the audit append-only; docs/operations.md says how they work as an ordinary role`,
  );
}

/** Does `act` at an address that answers. @throws Error of one sentence that names the setting where it does not, or refuses */
async function asRole<T>({ url, setting }: Address, act: (url: string) => Promise<T>): Promise<T> {
  await assertServerVersion(url, setting);
  try {
    return await act(url);
  } catch (error) {
    throw faultProblem(error, setting);
  }
}
