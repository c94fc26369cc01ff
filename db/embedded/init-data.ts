import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, lstat, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";

export const SUPERUSER = "muster";
/** The role that the processes work as. */
export const APP_ROLE = "muster_app";

/** Returns the password of the data's two roles, kept in a file that only Muster's own account can read; makes it when there is no data yet. */
export async function keepPassword(dataDir: string, data: string): Promise<string> {
  const file = join(dataDir, "postgres.password");
  const kept = (await readFile(file, "utf8").catch(() => "")).trim();
  if (kept !== "") return kept;
  if (await exists(data)) throw new Error(`The file ${file} with the password of the database is gone: put it back.`);
  const made = randomBytes(24).toString("base64url");
  await writeFile(file, `${made}\n`, { mode: 0o600 });
  return made;
}

/** Where the data lies that a restore replaces, until that has ended. */
export function replacedData(data: string): string {
  return `${data}.replaced`;
}

/** Makes the data folder, whole or not at all, unless it is there. @throws Error of one sentence where a restore was broken off */
export async function initData(account: Account, binaries: Binaries, data: string, password: string): Promise<void> {
  if (await exists(data)) return;
  const replaced = replacedData(data);
  if (await exists(replaced)) {
    throw new Error(
      `A restore was broken off: ${replaced} is the database from before, and ${data} is missing. Restore again with --replace.`,
    );
  }
  const draft = `${data}.new`;
  const passwordFile = `${draft}.password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    if (account) await Promise.all([draft, passwordFile].map((path) => chown(path, account.uid, account.gid)));
    await promisify(execFile)(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // The built-in provider sorts and folds case alike on every platform; libc has no C.UTF-8 on some.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        // Nothing is worth keeping before the rename; Postgres syncs all of it at its first checkpoint.
        "--no-sync",
        "--no-instructions",
      ],
      { ...account, cwd: "/", env: {} },
    );
    await rename(draft, data);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Whether something is there, and be it a link that leads nowhere. */
export async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}
