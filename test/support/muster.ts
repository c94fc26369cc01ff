import { EventEmitter } from "node:events";
import { PassThrough, Readable } from "node:stream";
import { readClientSettings } from "../../cli/client-settings.ts";
import { runProgram } from "../../cli/run-program.ts";
import type { CommandEnd } from "./run-import.ts";

/**
 * Carries out a command line in this process, with `environment` and nothing else, and `stdin` on standard input; `says` gets what it
 * writes on standard output as it comes.
 */
export async function muster(
  words: string[],
  environment: Record<string, string>,
  stdin = "",
  says: (piece: string) => void = () => {},
): Promise<CommandEnd> {
  const streams = { out: new PassThrough(), err: new PassThrough() };
  const heard = { out: "", err: "" };
  for (const name of ["out", "err"] as const) streams[name].on("data", (piece) => (heard[name] += String(piece)));
  streams.out.on("data", (piece) => says(String(piece)));
  const process = Object.assign(new EventEmitter(), {
    argv: ["node", "muster"],
    cwd: () => "/",
    exit: () => undefined,
    stdin: Readable.from([stdin]),
    stdout: streams.out,
    stderr: streams.err,
  });
  const parts = { version: "1", settings: () => readClientSettings(environment) };
  const code = await runProgram(words, parts, process as unknown as NodeJS.Process);
  return { code, ...heard };
}
