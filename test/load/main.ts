import { serverSettings } from "../../db/embedded/server-settings.ts";
import { printTable, type Line } from "../bench/table.ts";
import { queueHomes } from "../faults/matrix/fault.ts";
import { canRun } from "../support/can-run.ts";
import { hasRedis } from "../support/redis-server.ts";
import { loadParts, runLoad, type LoadPart } from "./run-load.ts";

const names = Object.keys(loadParts) as LoadPart[];

const usage = `Usage: npm run load -- [PART ...] [--rows=1000000] [--minutes=10] [--agents=200]

Puts a running installation under load, in all parts or in those that are named, and prints one table.

Parts:
${names.map((name) => `  ${name.padEnd(10)}${loadParts[name].does}`).join("\n")}
`;

type Numbers = Record<"rows" | "minutes" | "agents", number>;

/** What the command line asks for. @throws Error where it asks for what there is not. */
function readArguments(words: readonly string[]): { parts: LoadPart[]; numbers: Numbers } {
  const parts: LoadPart[] = [];
  const numbers: Numbers = { rows: 1_000_000, minutes: 10, agents: 200 };
  for (const word of words) {
    const part = names.find((name) => name === word);
    const [, name, value] = /^--(rows|minutes|agents)=(\d+(?:\.\d+)?)$/.exec(word) ?? [];
    if (part !== undefined) parts.push(part);
    else if (name !== undefined) numbers[name as keyof Numbers] = Number(value);
    else throw new Error(`"${word}" is neither a part nor an option.\n\n${usage}`);
  }
  return { parts: parts.length === 0 ? names : parts, numbers };
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  if (words.includes("--help")) return void process.stdout.write(usage);
  const { parts, numbers } = readArguments(words);
  const redis = canRun(hasRedis(), "the queue on Redis needs redis-server", "npm run load -- workers");
  const homes = queueHomes.filter((home) => home === "postgres" || redis);
  const lines: Line[] = [];
  try {
    await runLoad(parts, { ...numbers, rounds: 20, workers: 3, homes }, process.cwd(), lines);
  } finally {
    // What was measured before a fault is shown as well.
    printTable(serverSettings(), lines);
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
