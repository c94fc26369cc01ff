import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { freePort } from "./free-port.ts";
import { readPostmaster, stopPostmaster } from "./postmaster.ts";

/** What one Postgres process needs; its own words go to `logFile`, which each start begins anew. */
export type ServerOptions = {
  account: Account;
  binaries: Binaries;
  data: string;
  logFile: string;
  settings: Record<string, string>;
  log: Log;
};

export type Server = { port: number; stop(): Promise<void> };

const START_LIMIT_MS = 120_000;
const ATTEMPTS = 5;
const RESTART_DELAY_MS = 500;
const LONGEST_RESTART_DELAY_MS = 4_000;

/** Starts Postgres on a free port and returns once it takes connections; starts it again, on the same port, when it ends by itself. */
export async function runServer(options: ServerOptions): Promise<Server> {
  let port = await freePort();
  let child: ChildProcess | null = null;
  let stopping = false;
  let restarting = Promise.resolve();

  const watch = (started: ChildProcess): void => {
    child = started;
    const onEnd = (code: number | null, signal: string | null): void => {
      child = null;
      if (stopping) return;
      options.log.error({ code, signal }, "the embedded Postgres ended by itself and is started again");
      restarting = restart(RESTART_DELAY_MS);
    };
    // It may have ended between the last look and this one.
    if (hasEnded(started)) onEnd(started.exitCode, started.signalCode);
    else started.once("exit", onEnd);
  };

  const restart = async (delayMs: number): Promise<void> => {
    await pause(delayMs);
    if (stopping) return;
    const result = await tryStart(options, port);
    if (result.kind === "ready") return watch(result.child);
    options.log.error({ reason: result.reason }, "the embedded Postgres did not start");
    await restart(Math.min(delayMs * 2, LONGEST_RESTART_DELAY_MS));
  };

  for (let attempt = 1; ; attempt += 1) {
    const result = await tryStart(options, port);
    if (result.kind === "ready") {
      watch(result.child);
      break;
    }
    if (attempt === ATTEMPTS) throw new Error(`The embedded Postgres did not start: ${result.reason}`);
    // The usual causes pass: another program took the port, or children of a killed Postgres still hold its memory.
    await pause(RESTART_DELAY_MS);
    port = await freePort();
  }

  return {
    port,
    async stop() {
      stopping = true;
      await restarting;
      if (child?.pid !== undefined && !hasEnded(child)) await stopPostmaster(child.pid);
    },
  };
}

type StartResult = { kind: "ready"; child: ChildProcess } | { kind: "failed"; reason: string };

async function tryStart(options: ServerOptions, port: number): Promise<StartResult> {
  try {
    return await startOnce(options, port);
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : "unknown" };
  }
}

/** Starts Postgres on `port`, waits until it takes connections, and leaves it to itself. */
export async function startOnce(options: ServerOptions, port: number): Promise<StartResult> {
  const { account, binaries, data, logFile, settings } = options;
  const all = { ...settings, port: String(port), listen_addresses: "127.0.0.1", unix_socket_directories: "" };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const output = openSync(logFile, "w", 0o600);
  // A process group of its own, or Ctrl-C would reach it together with us, before our workers have finished their chunks.
  const child = spawn(binaries.postgres, ["-D", data, ...flags], {
    ...account,
    cwd: "/",
    env: {},
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  let failure: string | null = null;
  child.once("error", (error) => (failure = error.message));
  for (const end = performance.now() + START_LIMIT_MS; performance.now() < end; await pause(10)) {
    if (failure !== null) return { kind: "failed", reason: failure };
    if (hasEnded(child)) return { kind: "failed", reason: await lastWords(logFile) };
    const postmaster = await readPostmaster(data);
    if (postmaster?.pid === child.pid && postmaster?.ready) return { kind: "ready", child };
  }
  if (child.pid !== undefined) await stopPostmaster(child.pid);
  return { kind: "failed", reason: `it was not ready within ${START_LIMIT_MS / 1000} s` };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function lastWords(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, "utf8"))
    .split("\n")
    .filter((line) => /\b(FATAL|PANIC|HINT|error)\b/.test(line));
  return lines.slice(-2).join(" ") || `see ${logFile}`;
}
