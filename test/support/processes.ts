import { spawn } from "node:child_process";
import { once } from "node:events";
import { eventually } from "./eventually.ts";

/** A Muster process of its own, started as an administrator starts it. */
export type MusterProcess = {
  pid: number;
  /** Where it serves; empty for one that does not. */
  address: string;
  /** All that it has written so far, on both streams. */
  output(): string;
  /** The lines of its log that were written so far, which has standard output to itself. @throws Error for one that is no JSON */
  logLines(): LogLine[];
  hasEnded(): boolean;
  /** Waits for the end of the process. */
  end(): Promise<ProcessEnd>;
  /** Sends a signal that ends the process, and waits for that. */
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<ProcessEnd>;
};

type ProcessEnd = { code: number | null; signal: string | null };

type LogLine = { level: string; msg: string; err?: { type?: string; sqlstate?: string } };

export type ProcessOptions = {
  /** Program and arguments; the first says which. */
  command: readonly string[];
  /** The whole environment but for PATH. */
  environment: Record<string, string>;
  /** Resolves the start: what the process writes once it is at work. */
  readyWhen: RegExp;
  cwd: string;
};

const startLimitMs = 60_000;

/** Written by `worker` and `api` once they are at work. */
export const atWork = { worker: /the worker is at work/, api: /Muster serves (http:\S+)/ };

/** Starts a process and waits until it is at work. @throws Error with its output when it ends before. */
export async function startProcess(options: ProcessOptions): Promise<MusterProcess> {
  const [program = "", ...rest] = options.command;
  const child = spawn(program, rest, {
    cwd: options.cwd,
    env: { PATH: process.env["PATH"], ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pieces: Buffer[] = [];
  const logPieces: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => pieces.push(piece));
  child.stdout.on("data", (piece: Buffer) => logPieces.push(piece));
  const output = () => Buffer.concat(pieces).toString("utf8");
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const ended = once(child, "close");
  ended.catch(() => {});
  const ready = await eventually(
    () => {
      const match = options.readyWhen.exec(output());
      if (match === null && !hasEnded()) throw new Error(`${rest.join(" ")} does not come up:\n${output()}`);
      return match ?? "ended";
    },
    { timeoutMs: startLimitMs },
  ).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  if (ready === "ended") throw new Error(`${rest.join(" ")} ended with ${child.exitCode}:\n${output()}`);
  const end = async (): Promise<ProcessEnd> => {
    await ended;
    return { code: child.exitCode, signal: child.signalCode };
  };
  return {
    pid: child.pid ?? 0,
    address: ready[1] ?? "",
    output,
    // What stands behind the last line's end is on its way still, or was cut off with the process.
    logLines: () => Buffer.concat(logPieces).toString("utf8").split("\n").slice(0, -1).map(parseLine),
    hasEnded,
    end,
    kill(signal) {
      if (!hasEnded()) child.kill(signal);
      return end();
    },
  };
}

/** Where a process with a port of its own for health and metrics answers there, as its log says. */
export function probeOf(one: Pick<MusterProcess, "output">): string {
  return /"address":"(http:[^"]+)","msg":"health and metrics/.exec(one.output())?.[1] ?? "";
}

function parseLine(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    throw new Error(`the log has a line that is no JSON: ${line}`);
  }
}
