import { access } from "node:fs/promises";
import { join, resolve } from "node:path";
import { restoreBackup } from "../db/backup/restore-backup.ts";
import { writeBackup } from "../db/backup/write-backup.ts";
import type { Log } from "../db/log.ts";

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

/** Makes the embedded database anew from `file`. @throws Error of one sentence where it cannot, and nothing is changed then */
export async function runRestore(file: string, replace: boolean, parts: BackupParts): Promise<void> {
  const { settings, log, print } = parts;
  refuseOwn(settings);
  const { madeAt, muster } = await restoreBackup({ dataDir: settings.MUSTER_DATA_DIR, file, replace, log });
  const folder = resolve(settings.MUSTER_DATA_DIR);
  print(`The database in ${folder} is as it was at ${madeAt}, when Muster ${muster} made the backup.\n`);
  if (await hasKey(settings)) return;
  print(`Before the start put the secret key of that time there as ${keyFile(settings)}, or set MUSTER_SECRET_KEY.\n`);
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
