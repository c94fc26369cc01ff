import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

/** Tells whether a process with this number lives; a zombie does not. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const state = await readStat(pid);
  return state === null || state.state !== "Z";
}

/** Waits until the process is gone, and tells whether it went within `limitMs`. */
export async function waitUntilGone(pid: number, limitMs: number): Promise<boolean> {
  for (const end = performance.now() + limitMs; performance.now() < end; await pause(20)) {
    if (!(await isAlive(pid))) return true;
  }
  return !(await isAlive(pid));
}

/** Tells one life of a process number from the next: numbers come again, in a container even at once. Null when no such process lives. */
export async function identify(pid: number): Promise<string | null> {
  if (!(await isAlive(pid))) return null;
  const stat = await readStat(pid);
  if (stat) return `${(await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim()} ${stat.startedAt}`;
  return ps(pid, "lstart=");
}

/** Tells whether the process is a Postgres that works on the data in this folder, given as a real path. */
export async function servesData(pid: number, data: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => null);
  if (name === null) return ((await ps(pid, "args=")) ?? "").includes(data);
  // The postmaster and all its children work in the data folder.
  return name.trim() === "postgres" && (await readlink(`/proc/${pid}/cwd`).catch(() => null)) === data;
}

async function readStat(pid: number): Promise<{ state: string; startedAt: string } | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  // The second field is the name in brackets, in which anything may stand.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, startedAt] = [fields?.[0], fields?.[19]];
  return state && startedAt ? { state, startedAt } : null;
}

async function ps(pid: number, column: string): Promise<string | null> {
  return promisify(execFile)("ps", ["-o", column, "-p", String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
}
