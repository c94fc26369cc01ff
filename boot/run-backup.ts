import { access } from "node:fs/promises";
import { join, resolve } from "node:path";
import { switchOffWebhooks } from "../core/webhooks/switch-off-webhooks.ts";
import { restoreBackup } from "../db/backup/restore-backup.ts";
import { writeBackup } from "../db/backup/write-backup.ts";
import type { Log } from "../db/log.ts";
import { openDatabase } from "../db/open-database.ts";
import { prepareDatabase } from "./prepare-process.ts";
import { withClosers } from "./with-closers.ts";

/** What both commands are told of their surroundings. */
export type BackupParts = {
  settings: { DATABASE_URL?: string | undefined; MUSTER_DATA_DIR: string; MUSTER_SECRET_KEY?: string | undefined };
  version: string;
  log: Log;
  print: (text: string) => void;
};

/** Writes the embedded database into `file`. @throws Error of one sentence where it cannot */
export async function runBackup(file: string, { settings, version, log, print }: BackupParts): Promise<void> {
  refuseOwn(settings);
  const bytes = await writeBackup({ dataDir: settings.MUSTER_DATA_DIR, file, muster: version, log });
  print(`The database is in ${resolve(file)}, ${(bytes / 1024 ** 2).toFixed(1)} MB.\n`);
  print(`Not in it is ${keyOf(settings)}: keep that too, at another place. No other key opens the database.\n`);
}

/** `replace`: a database that is there may go. `keepWebhooks`: those that were on stay so. */
export type RestoreWishes = { replace: boolean; keepWebhooks: boolean };

/**
 * Makes the embedded database anew from `file`, and switches its webhooks off: a copy beside the installation would tell of
 * everything a second time. @throws Error of one sentence where it cannot; nothing is changed where it could not be restored
 */
export async function runRestore(
  file: string,
  { replace, keepWebhooks }: RestoreWishes,
  parts: BackupParts,
): Promise<void> {
  const { settings, log, print } = parts;
  refuseOwn(settings);
  const { madeAt, muster } = await restoreBackup({ dataDir: settings.MUSTER_DATA_DIR, file, replace, log });
  const folder = resolve(settings.MUSTER_DATA_DIR);
  print(`The database in ${folder} is as it was at ${madeAt}, when Muster ${muster} made the backup.\n`);
  const off = keepWebhooks ? 0 : await silence(settings.MUSTER_DATA_DIR, log);
  if (off > 0) {
    const which = off === 1 ? "The webhook that was on is" : `All ${off} webhooks that were on are`;
    print(`${which} switched off, so that a copy tells nobody: switch on in Settings what is to go on.\n`);
  }
  if (await hasKey(settings)) return;
  print(`Before the start put the secret key of that time there as ${keyFile(settings)}, or set MUSTER_SECRET_KEY.\n`);
}

/** Switches the webhooks off before anything of Muster runs on the database; gives how many. */
async function silence(dataDir: string, log: Log): Promise<number> {
  return await withClosers(async (closers) => {
    const url = await prepareDatabase({ databaseUrl: undefined, ownerUrl: undefined, dataDir }, log, closers);
    const db = openDatabase(url, { role: "tool", poolSize: 1, log });
    closers.unshift(() => db.close());
    return await switchOffWebhooks({ db });
  });
}

function refuseOwn({ DATABASE_URL: url }: BackupParts["settings"]): void {
  if (url === undefined) return;
  throw new Error(
    "DATABASE_URL leads to a Postgres of your own: back it up and restore it by its own tools, such as pg_basebackup or pg_dump.",
  );
}

function keyOf(settings: BackupParts["settings"]): string {
  return settings.MUSTER_SECRET_KEY === undefined ? `the secret key, ${keyFile(settings)}` : "MUSTER_SECRET_KEY";
}

function keyFile({ MUSTER_DATA_DIR: dataDir }: BackupParts["settings"]): string {
  return join(resolve(dataDir), "secret.key");
}

async function hasKey(settings: BackupParts["settings"]): Promise<boolean> {
  if (settings.MUSTER_SECRET_KEY !== undefined) return true;
  return await access(keyFile(settings)).then(
    () => true,
    () => false,
  );
}
