import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";

const benchKey = "bench-key-of-more-than-32-characters";

/** Those of `npm start`. */
const nodeFlags = ["--max-old-space-size=512", "--max-semi-space-size=32"];

/** A Muster process of the built code, as an installation would run it. */
export type Served = {
  /** Sends a request with the bench's key; answers JSON. @throws Error on status 400 and above. */
  ask(path: string, init?: RequestInit & { headers?: Record<string, string> }): Promise<unknown>;
  upload(path: string, file: Iterable<Buffer>): Promise<{ id: string; planVersion: number }>;
  /** The greatest resident memory so far, in MB. */
  peakMb(): Promise<number>;
  stop(): Promise<void>;
};

/** Starts `dist/main.js serve` with `environment` and waits until it serves. */
export async function startServed(environment: Record<string, string>): Promise<Served> {
  const child = spawn(process.execPath, [...nodeFlags, "dist/main.js", "serve"], {
    env: {
      PATH: process.env["PATH"] ?? "",
      PORT: "0",
      LOG_LEVEL: "warn",
      MUSTER_SECRET_KEY: "bench-secret-of-more-than-32-characters",
      MUSTER_ADMIN_API_KEY: benchKey,
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await servedAddress(child.stdout);

  async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const answer = await fetch(`${address}/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${benchKey}`, ...(init.headers as Record<string, string> | undefined) },
    });
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${answer.status} ${JSON.stringify(body)}`);
    return body;
  }

  return {
    ask,
    async upload(path, file) {
      const body = Readable.toWeb(Readable.from(file));
      const init = { method: "POST", body, duplex: "half", headers: { "content-type": "text/csv" } };
      return (await ask(path, init as unknown as RequestInit)) as { id: string; planVersion: number };
    },
    async peakMb() {
      const status = await readFile(`/proc/${child.pid}/status`, "utf8");
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
    },
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function servedAddress(stdout: Readable): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const found = /^Muster serves (http\S+)/.exec(line);
    if (found?.[1] !== undefined) {
      stdout.resume();
      return found[1];
    }
  }
  throw new Error("Muster ended before it served");
}
