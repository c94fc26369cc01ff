import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request, type IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { withoutLimits } from "../support/without-limits.ts";
import { peakMb } from "./process-use.ts";

/** The bearer token of every process of the bench. */
export const benchKey = "bench-key-of-more-than-32-characters";

/** Who signs in where a page is measured. */
export const benchAgent = { email: "ada@bench.example", password: "correct horse battery staple" };

/** Those of `npm start` and of the image. */
export const nodeFlags = ["--max-old-space-size=384", "--max-semi-space-size=8"];

/** The secret key that they seal under. */
export const benchSecretKey = "bench-secret-of-more-than-32-characters";

type Ask = {
  /** POST where there is a body or JSON, GET otherwise. */
  method?: string;
  headers?: Record<string, string>;
  body?: Readable;
  json?: object;
};

/** A Muster process of the built code, as an installation would run it. */
export type Served = {
  address: string;
  pid: number;
  /** Sends a request with the bench's key; answers JSON. @throws Error on status 400 and above. */
  ask(path: string, sent?: Ask): Promise<unknown>;
  upload(path: string, file: Iterable<Buffer>): Promise<{ id: string; planVersion: number }>;
  /** The greatest resident memory so far, in MB. */
  peakMb(): Promise<number>;
  stop(): Promise<void>;
};

/** Starts `dist/main.js serve`, or an api alone, of the Muster built in `cwd`, with `environment` and waits until it serves. */
export async function startServed(
  environment: Record<string, string>,
  { command = "serve", cwd = process.cwd() }: { command?: "serve" | "api"; cwd?: string } = {},
): Promise<Served> {
  const child = spawn(process.execPath, [...nodeFlags, "dist/main.js", command], {
    cwd,
    env: {
      PATH: process.env["PATH"] ?? "",
      PORT: "0",
      LOG_LEVEL: "warn",
      MUSTER_SECRET_KEY: benchSecretKey,
      MUSTER_ADMIN_API_KEY: benchKey,
      MUSTER_ADMIN_EMAIL: benchAgent.email,
      MUSTER_ADMIN_PASSWORD: benchAgent.password,
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const address = await servedAddress(child);

  // Not fetch: its own work, half a millisecond a request, would count as ours.
  const agent = new Agent({ keepAlive: true });

  async function ask(path: string, { method, headers = {}, body, json: sentJson }: Ask = {}): Promise<unknown> {
    const type = sentJson === undefined ? {} : { "content-type": "application/json" };
    const sent = request(`${address}/v1${path}`, {
      agent,
      method: method ?? (body === undefined && sentJson === undefined ? "GET" : "POST"),
      headers: { authorization: `Bearer ${benchKey}`, ...type, ...headers },
    });
    if (body === undefined) sent.end(sentJson === undefined ? undefined : JSON.stringify(sentJson));
    else body.pipe(sent);
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    const told: unknown = await json(answer);
    if ((answer.statusCode ?? 500) >= 400) {
      throw new Error(`${sent.method} ${path}: ${answer.statusCode} ${JSON.stringify(told)}`);
    }
    return told;
  }

  // Here one caller deletes and restores whole customers.
  await withoutLimits(environment["DATABASE_URL"] ?? "");

  return {
    address,
    pid: child.pid ?? 0,
    ask,
    async upload(path, file) {
      const sent = { body: Readable.from(file), headers: { "content-type": "text/csv" } };
      return (await ask(path, sent)) as { id: string; planVersion: number };
    },
    peakMb: () => peakMb(child.pid ?? 0),
    async stop() {
      agent.destroy();
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Earlier versions, which a bench may be given, tell it on standard output. What goes wrong later is shown. */
async function servedAddress({ stdout, stderr }: { stdout: Readable; stderr: Readable }): Promise<string> {
  const address = await Promise.any([stdout, stderr].map(addressIn)).catch(() => {
    throw new Error("Muster ended before it served");
  });
  stdout.resume();
  stderr.pipe(process.stderr);
  return address;
}

async function addressIn(stream: Readable): Promise<string> {
  for await (const line of createInterface({ input: stream })) {
    const found = /^Muster serves (http\S+)/.exec(line);
    if (found?.[1] !== undefined) return found[1];
  }
  throw new Error("It is not told here.");
}
