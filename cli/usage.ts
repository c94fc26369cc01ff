import { commonFlags, type Flag, type Listed } from "./command.ts";
import { listedCommands } from "./commands.ts";

/** What `--help` prints; `group` narrows it to the commands that begin with that word. */
export function usage(program: string, group?: string): string {
  const shown = listedCommands.filter(({ words }) => group === undefined || words.split(" ")[0] === group);
  const lines = shown.map((one): [string, string] => [callOf(one), one.summary]);
  return `Usage: ${program} COMMAND [options]

${columns(lines)}

${program} COMMAND --help tells the options of one, ${program} --version which version this is.

Exit codes:
    0   done
    1   rows failed, ended in part or were cancelled
    2   the command is wrong
    3   the server refused
    4   the server cannot be reached, broke off, or is no Muster
    5   the plan awaits the approval of another agent
  130   interrupted
`;
}

/** What the `--help` of one command prints. */
export function commandUsage(program: string, command: Listed): string {
  const { summary, operands, notes } = command;
  return `Usage: ${program} ${callOf(command)} [options]

${summary[0]?.toUpperCase()}${summary.slice(1)}.

${columns([
  ...operands.map(({ name, about }): [string, string] => [name, about]),
  ...Object.entries(optionsOf(command)).map(([name, flag]): [string, string] => [optionOf(name, flag), aboutOf(flag)]),
])}
${notes === undefined ? "" : `\n${notes}\n`}`;
}

/** All options that a command takes, its own first. */
export function optionsOf({ flags, key, alone }: Listed): Record<string, Flag> {
  const { help, json, ...reaching } = commonFlags;
  const { "api-key": _key, ...keyless } = reaching;
  if (alone) return { ...flags, help };
  return { ...flags, ...(key === "none" ? keyless : reaching), json, help };
}

function callOf({ words, operands }: Listed): string {
  return [words, ...operands.map(({ name }) => name)].join(" ");
}

function optionOf(name: string, { takes }: Flag): string {
  return takes === undefined ? `--${name}` : `--${name} ${takes}`;
}

function aboutOf({ about, values = [] }: Flag): string {
  return values.length === 0 ? about : `${about}: ${values.join(", ")}`;
}

function columns(lines: [string, string][]): string {
  const width = Math.max(...lines.map(([left]) => left.length));
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}
