import { operationSlugs } from "../contract/operations.ts";
import type { CliCommand, Flag, Listed } from "./command.ts";
import { batchCommands } from "./commands/batches.ts";
import { bundleCommands } from "./commands/bundles.ts";
import { keyCommands } from "./commands/keys.ts";
import { loginCommands } from "./commands/login.ts";
import { userCommands } from "./commands/users.ts";
import { importFlags } from "./read-arguments.ts";

/** All commands but those that need no server, and `import`, which has a reader of its own. */
export const commands: readonly CliCommand[] = [
  ...batchCommands,
  ...bundleCommands,
  ...userCommands,
  ...keyCommands,
  ...loginCommands,
];

const values: Partial<Record<string, readonly string[]>> = { operation: operationSlugs };

/** `import` as it is told of; its own help says more. */
const importListed: Listed = {
  words: "import",
  summary: "sends a spreadsheet, shows the plan, and applies it where told",
  operands: [{ name: "FILE", about: "a CSV file or an Excel workbook; - for what comes on standard input" }],
  flags: Object.fromEntries(
    Object.entries(importFlags).map(([name, { type }]): [string, Flag] => [
      name,
      type === "boolean" ? { about: "" } : { takes: "VALUE", about: "", values: values[name] ?? [] },
    ]),
  ),
};

/** The shells that `completion` knows. */
export const shells = ["bash", "zsh", "fish"] as const;

const completionListed: Listed = {
  words: "completion",
  summary: `prints what completes commands in a shell: ${shells.join(", ")}`,
  operands: [{ name: "SHELL", about: 'as in: eval "$(muster completion bash)"' }],
  flags: {},
  alone: true,
};

/** Every command, in the order in which help tells them. */
export const listedCommands: readonly Listed[] = [importListed, ...commands, completionListed];

/** The command that `words` begin with, or undefined where there is none. */
export function commandAt<One extends Listed>(among: readonly One[], words: readonly string[]): One | undefined {
  return among.find((one) => one.words.split(" ").every((word, at) => words[at] === word));
}
