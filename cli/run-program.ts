import { parseArgs } from "node:util";
import type { ClientSettings } from "./client-settings.ts";
import { type CliCommand, commonFlags, type Flag, type CommandResult } from "./command.ts";
import { type CommandProcess, orLost, programOf, stopSignal } from "./command-process.ts";
import { commandAt, commands, listedCommands, shells } from "./commands.ts";
import { complete, completionScripts } from "./completion.ts";
import { describeFailure, type Failure } from "./describe-failure.ts";
import { type ExitCode, exitCodes, wrongUsage } from "./exit-codes.ts";
import { readKeptKeys } from "./kept-keys.ts";
import { makePrinter } from "./printer.ts";
import { readSecret } from "./read-secret.ts";
import { findServer, readKey, readServer, type ServerAddress } from "./read-server.ts";
import { runImport } from "./run-import.ts";
import { serverClient } from "./server-client.ts";
import { commandUsage, usage } from "./usage.ts";

/** What the program is told of itself; `settings` reads what the environment says, and throws one sentence. */
export type ProgramParts = { version: string; settings: () => ClientSettings };

/** Whether `word` begins a command of the command line. */
export function isCommandWord(word: string): boolean {
  return [...listedCommands.map(({ words }) => words.split(" ")[0]), "complete"].includes(word);
}

/** Carries out the command line `words` against a Muster that serves, and gives the exit code. */
export async function runProgram(words: string[], parts: ProgramParts, process: CommandProcess): Promise<ExitCode> {
  const { stdout, stderr } = process;
  const program = programOf(process);
  const [first = "", second = ""] = words;
  const helps = words.includes("--help") || words.includes("-h");
  if (first === "import") return await runImport(words.slice(1), parts.settings, process);
  if (first === "complete")
    return print(
      complete(words.slice(second === "--" ? 2 : 1))
        .map((one) => `${one}\n`)
        .join(""),
    );
  if (first === "--version" || first === "-v" || first === "version") return print(`muster ${parts.version}\n`);
  const told = commandAt(listedCommands, words);
  if (helps && told !== undefined) return print(commandUsage(program, told));
  if (helps || first === "help") return print(usage(program, isCommandWord(first) ? first : undefined));
  const shell = shells.find((one) => one === second);
  if (first === "completion" && shell !== undefined) return print(completionScripts[shell]);
  const command = commandAt(commands, words);
  if (command !== undefined) return await run(command, words, parts, process);
  stderr.write(usage(program, isCommandWord(first) ? first : undefined));
  const { exitCode, problem } = describeFailure(wrongUsage("There is no such command."), "");
  if (words.includes("--json")) writeObject(process, { exitCode, result: null, problem });
  return exitCode;

  function print(text: string): ExitCode {
    stdout.write(text);
    return exitCodes.done;
  }
}

async function run(
  command: CliCommand,
  words: string[],
  parts: ProgramParts,
  process: CommandProcess,
): Promise<ExitCode> {
  const json = words.includes("--json");
  const stop = stopSignal(process);
  const printer = makePrinter(json ? process.stderr : process.stdout);
  let server = "";
  let told: CommandResult | null = null;
  let failure: Failure | null = null;
  try {
    const { operands, flags } = read(command, words);
    const address = await reach(command, flags, parts, process);
    const { folder } = parts.settings();
    server = address.server;
    const client = serverClient(address, stop);
    const asked = { client, printer, process, folder, kept: readKeptKeys(folder), json, operands, flags };
    told = await orLost(process, () => command.run(asked));
    printer.leaveLine();
    if (!json) for (const line of told.lines) printer.say(line);
  } catch (error) {
    failure = stop.aborted ? interrupted() : describeFailure(error, server);
    printer.leaveLine();
    const errors = makePrinter(process.stderr);
    for (const line of failure.lines) errors.say(line);
  }
  const exitCode = failure?.exitCode ?? told?.exitCode ?? exitCodes.done;
  if (json) {
    writeObject(process, { exitCode, result: told?.result ?? null, problem: failure?.problem ?? null });
  }
  return exitCode;
}

/** What a command with --json prints on standard output, and nothing else. */
type Told = { exitCode: ExitCode; result: unknown; problem: Failure["problem"] | null };

function writeObject({ stdout }: Pick<CommandProcess, "stdout">, told: Told): void {
  stdout.write(`${JSON.stringify(told)}\n`);
}

/** Reads what stands behind the words of the command. @throws CommandFailed wrongUsage */
function read({ words: name, operands, flags }: CliCommand, words: string[]) {
  const all: Record<string, Flag> = { ...flags, ...commonFlags };
  const options = Object.fromEntries(
    Object.entries(all).map(([flag, { takes }]) => [
      flag,
      { type: takes === undefined ? "boolean" : "string" } as const,
    ]),
  );
  const parsed = parse(words.slice(name.split(" ").length), options);
  const given = parsed.positionals;
  if (given.length !== operands.length) {
    const wanted = operands.length === 0 ? "nothing" : operands.map((one) => one.name).join(" and ");
    throw wrongUsage(`${name} takes ${wanted}, not ${given.length === 0 ? "nothing" : given.join(" ")}.`);
  }
  for (const [flag, { values = [] }] of Object.entries(all)) {
    const value = parsed.values[flag];
    if (values.length > 0 && value !== undefined && !values.includes(String(value))) {
      throw wrongUsage(`--${flag} takes one of ${values.join(", ")}.`);
    }
  }
  return { operands: given, flags: parsed.values as Record<string, string | boolean | undefined> };
}

function parse(args: string[], options: Record<string, { type: "boolean" | "string" }>) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    // Node's first sentence says what is wrong; the others are about positional arguments.
    throw wrongUsage(`${(error as Error).message.replace(/(?<=['")])\. .*/s, "")}.`);
  }
}

/** The server and the key that the command works with. @throws CommandFailed wrongUsage */
async function reach(
  { key }: CliCommand,
  flags: Record<string, string | boolean | undefined>,
  { settings }: ProgramParts,
  process: CommandProcess,
): Promise<ServerAddress> {
  const text = (flag: string) => (typeof flags[flag] === "string" ? flags[flag] : undefined);
  const given = { server: text("server"), key: text("api-key"), settings };
  if (key === undefined) return readServer(given);
  const server = findServer(given);
  if (key === "none") return { server, key: "" };
  return {
    server,
    key: readKey(given.key ?? settings().key ?? (await readSecret(process, `API key for ${server}: `))),
  };
}

function interrupted(): Failure {
  const detail = "Interrupted. What the server has begun goes on there.";
  return { exitCode: exitCodes.interrupted, lines: [detail], problem: { code: "interrupted", detail } };
}
