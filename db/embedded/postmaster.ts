import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../log.ts";
import { servesData, waitUntilGone } from "./live-process.ts";

const FAST_STOP_MS = 30_000;
const IMMEDIATE_STOP_MS = 10_000;

/** What a running Postgres writes into its data folder about itself; `ready` once it takes connections. */
export async function readPostmaster(data: string): Promise<{ pid: number; port: number; ready: boolean } | null> {
  const text = await readFile(join(data, "postmaster.pid"), "utf8").catch(() => null);
  if (text === null) return null;
  const lines = text.split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/**
 * Makes the data free for a new Postgres: stops one that outlived its Muster, and removes the file of one that is gone.
 * @throws Error when a Postgres that no Muster left there works on this data.
 */
export async function clearLeftOver(data: string, tookOver: boolean, log: Log): Promise<void> {
  const left = await readPostmaster(data);
  if (!left) return;
  if (!(await servesData(left.pid, data))) {
    // Postgres looks only whether the number lives, and after a restart of the machine it may be anyone's.
    await rm(join(data, "postmaster.pid"), { force: true });
    return;
  }
  if (!tookOver)
    throw new Error(
      `The database in ${data} is in use by the Postgres with process number ${left.pid}: stop that one first.`,
    );
  log.warn({ pid: left.pid, data }, "stopping a Postgres that an earlier Muster left running");
  await stopPostmaster(left.pid);
}

/** Ends open transactions and stops Postgres; without a checkpoint when that takes longer than 30 s, which costs a recovery at the next start. */
export async function stopPostmaster(pid: number): Promise<void> {
  signal(pid, "SIGINT");
  if (await waitUntilGone(pid, FAST_STOP_MS)) return;
  signal(pid, "SIGQUIT");
  if (await waitUntilGone(pid, IMMEDIATE_STOP_MS)) return;
  throw new Error(`The Postgres with process number ${pid} does not stop.`);
}

function signal(pid: number, name: "SIGINT" | "SIGQUIT"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
