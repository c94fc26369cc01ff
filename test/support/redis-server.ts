import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { freePort } from "../../db/embedded/free-port.ts";

/** A Redis of its own, for this machine only. */
export type RedisServer = {
  url: string;
  /** Brings it back after `kill` or `stop`, at the same address and on the same data. */
  start(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

/** Whether this machine has a redis-server. */
export function hasRedis(): boolean {
  return spawnSync("redis-server", ["--version"]).status === 0;
}

/** What this machine lacks for a Redis of its own; null where it lacks nothing. */
export function redisLack(): string | null {
  return hasRedis() ? null : "redis-server, Debian's package of that name";
}

/**
 * Starts a redis-server on a free port; with a `folder` it keeps its data there, as docs/operations.md asks for, else in memory
 * alone. `more` are flags of its own that win over ours.
 */
export async function startRedis(folder?: string, more: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort();
  const kept = folder === undefined ? ["--appendonly", "no"] : ["--appendonly", "yes", "--dir", folder];
  const flags = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--maxmemory-policy", "noeviction"];
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    const child = spawn("redis-server", [...flags, ...kept, ...more], { stdio: ["ignore", "pipe", "ignore"] });
    server = child;
    for await (const piece of child.stdout) if (String(piece).includes("Ready to accept connections")) break;
    child.stdout.resume();
  }

  async function end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  }

  await start();
  return { url: `redis://127.0.0.1:${port}`, start, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}
