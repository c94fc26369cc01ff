import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import { buildMuster } from "./build-muster.ts";
import { eventually } from "./eventually.ts";

/** How a command ended. `out` and `err` are what it wrote. */
export type CommandEnd = { code: number | null; out: string; err: string };

/** The import command of the shipped code, run from a folder of its own as somebody at a shell runs it. */
export type ImportFixture = {
  folder: string;
  /** Puts a file into the folder. */
  put(name: string, content: string | Uint8Array): Promise<void>;
  run(args: string[], environment?: Record<string, string>): Promise<CommandEnd>;
  /** Runs a line of shell in the folder. */
  shell(line: string): Promise<CommandEnd>;
  /** Runs the command and sends it `signal` as soon as it has written `when`. */
  interrupt(args: string[], when: RegExp, signal?: NodeJS.Signals): Promise<CommandEnd>;
};

/** Sets up the fixture; every command gets `environment` and nothing else but PATH. */
export async function importFixture(environment: Record<string, string>): Promise<ImportFixture> {
  const main = join(await buildMuster(), "dist/main.js");
  const folder = await mkdtemp(join(inject("scratch"), "fixture-"));
  const start = (words: string[], more: Record<string, string> = {}) => {
    const [program = "", ...args] = words;
    return spawn(program, args, {
      cwd: folder,
      env: { PATH: process.env["PATH"], ...environment, ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });
  };
  return {
    folder,
    put: (name, content) => writeFile(join(folder, name), content),
    run: (args, more) => listen(start(["node", main, "import", ...args], more)).end,
    shell: (line) => listen(start(["sh", "-c", line])).end,
    async interrupt(args, when, signal = "SIGINT") {
      const child = start(["node", main, "import", ...args]);
      const { output, end } = listen(child);
      await eventually(() => when.test(output()));
      child.kill(signal);
      return await end;
    },
  };
}

function listen(child: ChildProcess): { output: () => string; end: Promise<CommandEnd> } {
  const heard = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (heard.out += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (heard.err += text));
  const end = once(child, "close").then(() => ({ code: child.exitCode, ...heard }));
  return { output: () => heard.out + heard.err, end };
}
