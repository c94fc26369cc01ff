import type { Closers, ProcessBase } from "../core/open-core.ts";
import { keptSecretKey } from "../core/secrets/secret-key.ts";
import { openToRole, roleStanding } from "../db/app-role.ts";
import { assertServerVersion } from "../db/assert-server-version.ts";
import { startEmbeddedPostgres } from "../db/embedded-postgres.ts";
import type { Log } from "../db/log.ts";
import { assertMigrated, migrate } from "../db/migrate.ts";
import { folderProblem } from "./folder-problem.ts";

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
    await bringUp(embedded.appUrl, embedded.url, log);
    return embedded.appUrl;
  }
  await assertServerVersion(ownerUrl ?? databaseUrl, ownerUrl === undefined ? "DATABASE_URL" : "DATABASE_OWNER_URL");
  await bringUp(databaseUrl, ownerUrl, log);
  return databaseUrl;
}

/** What the operating system says of a folder that cannot be used, as a sentence that names the setting. */
function blameFolder(dataDir: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    const { syscall, code = "" } = error;
    if (syscall === undefined || !folderFaults.has(code)) throw error;
    throw new Error(folderProblem(dataDir, code));
  };
}

const folderFaults = new Set([
  "EROFS",
  "EACCES",
  "EPERM",
  "ENOTDIR",
  "EEXIST",
  "ENOENT",
  "ENOSPC",
  "ENAMETOOLONG",
  "ELOOP",
]);

/** Brings the tables to their newest form as whoever owns them, and lets the role of the processes work with them. */
async function bringUp(url: string, ownerUrl: string | undefined, log: Log): Promise<void> {
  if (ownerUrl !== undefined) {
    await migrate(ownerUrl);
    await openToRole(ownerUrl, url);
  } else if ((await roleStanding(url)).owner) await migrate(url);
  else await assertMigrated(url);
  const { name, superuser } = await roleStanding(url);
  if (!superuser) return;
  log.warn(
    `The processes work as ${name}, a superuser of the database, who can switch off the trigger that keeps the audit append-only; docs/operations.md says how they work as an ordinary role`,
  );
}
