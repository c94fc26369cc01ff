import { createHash } from "node:crypto";
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Log } from "../log.ts";
import type { Account } from "./account.ts";
import { canRun } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { inHome } from "./binaries.ts";

/** Root's own folder for what the account of Postgres could not reach elsewhere, such as below /root. */
const REACHABLE = "/var/lib/muster";

/** Returns the binaries themselves, or a copy of them where `account` cannot reach them. */
export async function reachBinaries(account: Account, binaries: Binaries, log: Log): Promise<Binaries> {
  if (account === null || (await canRun(account, binaries.postgres, ["--version"]))) return binaries;
  const copy = inHome(join(REACHABLE, `native-${binaries.version}`), binaries);
  if (await canRun(account, copy.postgres, ["--version"])) return copy;
  const draft = await mkdtemp(join(await makeReachable(), "native-draft-"));
  await cp(binaries.home, draft, { recursive: true, verbatimSymlinks: true });
  await openToAll(draft);
  try {
    await rename(draft, copy.home);
    log.info({ from: binaries.home, to: copy.home }, "copied Postgres to where its system user can reach it");
  } catch {
    // Another Muster was faster; its copy may be in use already.
    await rm(draft, { recursive: true, force: true });
  }
  if (await canRun(account, copy.postgres, ["--version"])) return copy;
  throw new Error(`The system user of Postgres cannot run the copy of it in ${copy.home}: remove that folder.`);
}

/**
 * Returns the real folder of `<dataDir>/postgres`, which need not exist yet while its parent does. Where `account` could not reach it there, it is a symlink
 * to a new folder in /var/lib/muster.
 */
export async function reachData(account: Account, dataDir: string, log: Log): Promise<string> {
  const link = join(dataDir, "postgres");
  const there = await lstat(link).catch(() => null);
  if (there?.isSymbolicLink()) {
    const target = resolve(dataDir, await readlink(link));
    if (await stat(dirname(target)).catch(() => null)) return target;
    throw new Error(
      `The database folder ${target} that ${link} leads to is gone: put it back, or remove the link to start over.`,
    );
  }
  if (account === null) return link;
  const reachable = await canRun(account, "/bin/sh", ["-c", 'cd "$1"', "sh", dataDir]);
  if (reachable) return link;
  if (there) {
    throw new Error(
      `The system user of Postgres cannot reach its data in ${link}: allow all to pass through the folders above it.`,
    );
  }
  const place = await mkdtemp(join(await makeReachable(), `${shortHash(dataDir)}-`));
  await chown(place, account.uid, account.gid);
  await symlink(join(place, "postgres"), link);
  log.info(
    { from: link, to: place },
    "put the database to where its system user can reach it, and a link in its place",
  );
  return join(place, "postgres");
}

async function makeReachable(): Promise<string> {
  await mkdir(REACHABLE, { recursive: true });
  await chmod(REACHABLE, 0o755);
  return REACHABLE;
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const inBin = basename(dirname(join(entry.parentPath, entry.name))) === "bin";
    if (!entry.isSymbolicLink()) {
      await chmod(join(entry.parentPath, entry.name), entry.isDirectory() || inBin ? 0o755 : 0o644);
    }
  }
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
