import { serverSettings } from "../../db/embedded/server-settings.ts";
import { missedOf, printTable, type Line } from "../bench/table.ts";
import { queueHomes } from "../faults/matrix/fault.ts";
import { buildServer } from "../support/build-server.ts";
import { redisLack } from "../support/redis-server.ts";
import { tellGaps } from "../support/tell-gaps.ts";
import { loadParts, runLoad, type LoadPart } from "./run-load.ts";

const names = Object.keys(loadParts) as LoadPart[];

const usage = `Usage: npm run load -- [PART ...] [--rows=1000000] [--users=400000] [--minutes=10] [--agents=200] [--allow-skips]

Puts a running installation under load, in all parts or in those that are named, and prints one table. Ends with 0 only when
every target was met, and names each that was missed; with 1 also when something was left out because this machine lacks what
it needs, unless that is allowed. Users are those of the customer in whom \`pages\` searches: four tenths of the rows where
their number is not given.

Parts:
${names.map((name) => `  ${name.padEnd(10)}${loadParts[name].does}`).join("\n")}
`;

type Numbers = Record<"rows" | "minutes" | "agents", number> & { users?: number };

/** What the command line asks for. @throws Error where it asks for what there is not. */
function readArguments(words: readonly string[]): { parts: LoadPart[]; numbers: Numbers; allowSkips: boolean } {
  const parts: LoadPart[] = [];
  const numbers: Numbers = { rows: 1_000_000, minutes: 10, agents: 200 };
  let allowSkips = false;
  for (const word of words) {
    const part = names.find((name) => name === word);
    const [, name, value] = /^--(rows|users|minutes|agents)=(\d+(?:\.\d+)?)$/.exec(word) ?? [];
    if (part !== undefined) parts.push(part);
    else if (word === "--allow-skips") allowSkips = true;
    else if (name !== undefined) numbers[name as keyof Numbers] = Number(value);
    else throw new Error(`"${word}" is neither a part nor an option.\n\n${usage}`);
  }
  return { parts: parts.length === 0 ? names : parts, numbers, allowSkips };
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  if (words.includes("--help")) return void process.stdout.write(usage);
  const { parts, numbers, allowSkips } = readArguments(words);
  buildServer();
  const { rows, users = Math.floor(rows * 0.4) } = numbers;
  const lack = parts.includes("workers") ? redisLack() : null;
  const homes = queueHomes.filter((home) => home === "postgres" || lack === null);
  const lines: Line[] = [];
  try {
    await runLoad(parts, { ...numbers, users, rounds: 20, workers: 3, homes }, process.cwd(), lines);
  } finally {
    // What was measured before a fault is shown as well.
    printTable(serverSettings(), lines);
  }
  const leftOut = lack === null ? [] : [`workers with the queue on Redis need ${lack}`];
  process.exitCode = tellGaps({ missed: missedOf(lines), leftOut, allowSkips });
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
