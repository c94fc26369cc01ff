import type { CommandProcess } from "./command-process.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Printer } from "./printer.ts";
import type { KeptKeys } from "./kept-keys.ts";
import type { ServerClient } from "./server-client.ts";

/** An option of a command: `takes` names its value, one of `values` where there are such; one without is a switch. */
export type Flag = { takes?: string; values?: readonly string[]; about: string };

/** A word of a command that is no option. */
type Operand = { name: string; about: string };

/** What was given for each option. */
type Given<Flags extends Record<string, Flag>> = {
  [Name in keyof Flags]: Flags[Name] extends { takes: string } ? string | undefined : boolean;
};

/** What a command works with; `folder` is where keys are kept. */
export type Surroundings = {
  client: ServerClient;
  printer: Printer;
  process: CommandProcess;
  folder: string | null;
  kept: KeptKeys;
  json: boolean;
};

/** What comes of a command: lines for a person, and the same as one value for a program. */
export type CommandResult = { lines: string[]; result: unknown; exitCode?: ExitCode };

type Asked<Flags extends Record<string, Flag>> = Surroundings & { operands: string[]; flags: Given<Flags> };

/** A command as it is told of: help, completion and docs are read off it. */
export type Listed = {
  /** How it is called, such as `batches list`. */
  words: string;
  summary: string;
  operands: readonly Operand[];
  flags: Record<string, Flag>;
  /** More for its help. */
  notes?: string;
  /** It asks for the key where none is given, instead of taking one that is kept; or it goes without one. */
  key?: "asked" | "none";
  /** It asks no server, and takes none of the options that are common to all but --help. */
  alone?: true;
};

/** A command as data: it is parsed and run by that, too. */
export type CliCommand = Listed & {
  run(
    asked: Surroundings & { operands: string[]; flags: Record<string, string | boolean | undefined> },
  ): Promise<CommandResult>;
};

/** Makes a command whose `run` knows its options. */
export function command<const Flags extends Record<string, Flag>>(
  made: Omit<CliCommand, "run" | "flags"> & { flags: Flags; run(asked: Asked<Flags>): Promise<CommandResult> },
): CliCommand {
  return made;
}

/** What every command takes. */
export const commonFlags = {
  server: { takes: "ADDRESS", about: "address of the Muster, otherwise MUSTER_URL, otherwise that of the last login" },
  "api-key": { takes: "KEY", about: "otherwise MUSTER_API_KEY, otherwise the one that login kept for the server" },
  json: { about: "prints one JSON object {exitCode, result, problem}, and how it goes on stderr" },
  help: { about: "prints this" },
} as const satisfies Record<string, Flag>;
