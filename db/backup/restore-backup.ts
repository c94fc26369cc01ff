import { chown, mkdir, realpath, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { extract } from "tar";
import { pickAccount } from "../embedded/account.ts";
import { findBinaries } from "../embedded/binaries.ts";
import { claim } from "../embedded/claim.ts";
import { exists, replacedData } from "../embedded/init-data.ts";
import { clearLeftOver } from "../embedded/postmaster.ts";
import { reachData } from "../embedded/reach.ts";
import type { Log } from "../log.ts";
import { makeFolder } from "../make-folder.ts";
import { knownSchema } from "../migrate.ts";
import { type BackupLabel, labelName, readLabel, thisMachine } from "./backup-label.ts";

/** `replace` allows that a database which is there goes. */
export type RestoreOrder = { dataDir: string; file: string; replace: boolean; log: Log };

/**
 * Makes the embedded database in `dataDir` anew from the backup in `file`, whole or not at all, and gives what stands in front
 * of that backup. @throws Error of one sentence where this Muster cannot read it, or a database is there or in use
 */
export async function restoreBackup({ dataDir, file, replace, log }: RestoreOrder): Promise<BackupLabel> {
  const label = await readLabel(file);
  await refuseForeign(label, file);
  await makeFolder(resolve(dataDir));
  const folder = await realpath(resolve(dataDir));
  const claimed = await claim(folder);
  try {
    const account = await pickAccount(join(folder, "postgres"));
    const data = await reachData(account, folder, log);
    const old = replacedData(data);
    // The old one alone is there where a restore was broken off.
    if ((await exists(data)) || (await exists(old))) {
      if (!replace) {
        throw new Error(
          `There is a database in ${folder} already: set MUSTER_DATA_DIR to another folder, or say --replace, which deletes it.`,
        );
      }
      if (await exists(data)) await clearLeftOver(await realpath(data), claimed.tookOver, log);
    }
    const draft = `${data}.restored`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
    await unpack(file, draft, account);
    if (await exists(data)) {
      await rm(old, { recursive: true, force: true });
      await rename(data, old);
    }
    await writeFile(join(folder, "postgres.password"), `${label.password}\n`, { mode: 0o600 });
    await rename(draft, data);
    await rm(old, { recursive: true, force: true });
    return label;
  } finally {
    await claimed.release();
  }
}

async function refuseForeign({ postgres, machine, schema, muster }: BackupLabel, file: string): Promise<void> {
  const ours = Number.parseInt((await findBinaries()).version, 10);
  if (postgres !== ours) {
    throw new Error(
      `The backup ${file} is of Postgres ${postgres}, and this Muster has ${ours}: take Muster ${muster}.`,
    );
  }
  if (machine !== thisMachine) {
    throw new Error(`The backup ${file} is of a machine of the kind ${machine}, and this one is ${thisMachine}.`);
  }
  if (schema > knownSchema()) {
    throw new Error(`The backup ${file} was made by a newer Muster, ${muster}: restore it with that one.`);
  }
}

/** Postgres syncs what lies there itself at its first start. */
async function unpack(file: string, folder: string, account: { uid: number; gid: number } | null): Promise<void> {
  try {
    if (account !== null) await chown(folder, account.uid, account.gid);
    // One by one, as else a file that turns out to be broken leaves writes under way.
    extract({ file, sync: true, cwd: folder, strict: true, filter: (path) => path !== labelName, ...account });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`The backup ${file} cannot be unpacked (${code ?? "unknown"}); nothing was changed.`, {
      cause: error,
    });
  }
}
