import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { CommandProcess } from "./command-process.ts";

/** Reads a line that nobody is to see: from the terminal without an echo, or what comes on standard input. */
export async function readSecret({ stdin, stderr }: CommandProcess, prompt: string): Promise<string> {
  if (stdin.isTTY) stderr.write(prompt);
  const silent = new Writable({ write: (_piece, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: stdin.isTTY });
  try {
    for await (const line of lines) return line.trim();
    return "";
  } finally {
    lines.close();
    if (stdin.isTTY) stderr.write("\n");
  }
}
