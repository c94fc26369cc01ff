import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { open, realpath, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { startEmbeddedPostgres } from "../embedded-postgres.ts";
import { SUPERUSER } from "../embedded/init-data.ts";
import { runningUrl } from "../embedded/running-url.ts";
import type { Log } from "../log.ts";
import { appliedSchema } from "../migrate.ts";
import { onConnection } from "../on-connection.ts";
import { baseBackup } from "./base-backup.ts";
import { type BackupLabel, packLabel, thisMachine } from "./backup-label.ts";

/** `muster` is the version of this program. */
export type BackupOrder = { dataDir: string; file: string; muster: string; log: Log };

/**
 * Writes the embedded database in `dataDir` into `file`, whole or not at all; also while a Muster works on it, else its
 * Postgres is started for that time. The secret key is not in it. Gives the bytes of the file.
 * @throws Error of one sentence where there is no database, or it cannot be written
 */
export async function writeBackup({ dataDir, file, muster, log }: BackupOrder): Promise<number> {
  const folder = resolve(dataDir);
  const data = await realpath(join(folder, "postgres")).catch(() => null);
  if (data === null) throw new Error(`There is no embedded database in ${folder}, as MUSTER_DATA_DIR says.`);
  const running = await runningUrl(dataDir, SUPERUSER);
  if (running !== null) return await writeFrom(running, muster, file);
  const embedded = await startEmbeddedPostgres({ dataDir, log });
  try {
    return await writeFrom(embedded.url, muster, file);
  } finally {
    await embedded.stop();
  }
}

async function writeFrom(url: string, muster: string, file: string): Promise<number> {
  const label: BackupLabel = {
    format: 1,
    madeAt: new Date().toISOString(),
    muster,
    postgres: await majorVersion(url),
    machine: thisMachine,
    schema: await appliedSchema(url),
    password: new URL(url).password,
  };
  const draft = `${resolve(file)}.part`;
  try {
    const target = createWriteStream(draft, { mode: 0o600, flush: true });
    await once(target, "open");
    const data = await baseBackup(url);
    await pipeline(
      async function* () {
        yield packLabel(label);
        yield* data;
      },
      createGzip({ level: 1 }),
      target,
    );
    await rename(draft, resolve(file));
    await syncFolder(dirname(resolve(file)));
    return target.bytesWritten;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new Error(`The backup ${resolve(file)} cannot be written (${code}).`, { cause: error });
  }
}

async function majorVersion(url: string): Promise<number> {
  return await onConnection(url, async (client) => {
    const { rows } = await client.query<{ major: number }>(
      "select current_setting('server_version_num')::int / 10000 as major",
    );
    return rows[0]?.major ?? 0;
  });
}

/** A new name is safe from a crash of the machine once its folder is on the disk. Windows has no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
}
