import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { identify, isAlive } from "./live-process.ts";

/** That this process, and no other, runs the database in a data folder; `tookOver` tells that the one before went without a word. */
export type FolderClaim = { tookOver: boolean; release(): Promise<void> };

type Owner = { pid: number; identity: string };

/**
 * Claims `dataDir` for this process, in a file that says who holds it.
 * @throws Error with one sentence that names the process which holds it.
 */
export async function claim(dataDir: string): Promise<FolderClaim> {
  const file = join(dataDir, "postgres.owner");
  const mine: Owner = { pid: process.pid, identity: (await identify(process.pid)) ?? "" };
  let tookOver = false;
  while (!(await create(file, mine))) {
    const held = await read(file);
    if (held === null) continue;
    if (await lives(held)) {
      throw new Error(
        `The database in ${dataDir} is in use by process ${held.pid}: stop that one, or set MUSTER_DATA_DIR to another folder.`,
      );
    }
    await discard(file, held);
    tookOver = true;
  }
  return { tookOver, release: () => rm(file, { force: true }) };
}

/** Creates the file whole or not at all, so that nobody reads half of it. */
async function create(file: string, owner: Owner): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, JSON.stringify(owner), { mode: 0o600 });
    await link(draft, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code === "EACCES")
      throw new Error(`The folder ${dirname(file)} belongs to another account: was Muster root before?`, {
        cause: error,
      });
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function read(file: string): Promise<Owner | null> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return { pid: 0, identity: "" };
  }
}

async function lives({ pid, identity }: Owner): Promise<boolean> {
  return pid > 0 && (await isAlive(pid)) && (await identify(pid)) === identity;
}

/** Takes the file of a dead owner away; when another process was faster and the file is now that one's, puts it back. */
async function discard(file: string, dead: Owner): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  await rename(file, aside).catch(() => {});
  const moved = await read(aside);
  if (moved && moved.identity !== dead.identity) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}
