import { buildServer } from "../../support/build-server.ts";
import { markdownTable } from "../../support/markdown-table.ts";
import { redisLack } from "../../support/redis-server.ts";
import { exitCode, isRight } from "./exit-code.ts";
import { queueHomes, usualLimitMs, type Fault, type QueueHome } from "./fault.ts";
import { faults, homesOf } from "./faults.ts";
import { runFault, type Cell } from "./run-fault.ts";
import type { Stand } from "./stand.ts";

const usage = `Usage: npm run faults -- [FAULT ...] [--postgres | --redis] [--rows=20000] [--allow-skips]

Strikes a running installation of one api and three workers with each fault, or with those that are named, its queue in
Postgres and in Redis, or in that alone, and prints what became of the rows. Batches of so many new users keep coming until the
fault is over, beside one that deletes as many. Ends with 0 only when no row was lost or doubled, all else is right, and rows went on in time; with 1 also when
something was left out because this machine lacks what it needs, unless that is allowed.

Faults:
${faults.map(({ name, does }) => `  ${name.padEnd(24)}${does}`).join("\n")}
`;

type Wanted = { faults: readonly Fault[]; homes: readonly QueueHome[]; rows: number; allowSkips: boolean };

/** What the command line asks for. @throws Error where it asks for what there is not. */
function readArguments(words: readonly string[]): Wanted {
  const wanted = { faults: [] as Fault[], homes: [] as QueueHome[], rows: 20_000, allowSkips: false };
  for (const word of words) {
    const fault = faults.find(({ name }) => name === word);
    const home = queueHomes.find((one) => word === `--${one}`);
    const rows = /^--rows=(\d+)$/.exec(word)?.[1];
    if (fault !== undefined) wanted.faults.push(fault);
    else if (home !== undefined) wanted.homes.push(home);
    else if (rows !== undefined) wanted.rows = Number(rows);
    else if (word === "--allow-skips") wanted.allowSkips = true;
    else throw new Error(`"${word}" is neither a fault nor an option.\n\n${usage}`);
  }
  const homes = wanted.homes.length === 0 ? queueHomes : wanted.homes;
  for (const fault of wanted.faults) {
    if (homesOf(fault).some((home) => homes.includes(home))) continue;
    throw new Error(`"${fault.name}" is about a queue in ${fault.only}: leave --${homes.join()} out.`);
  }
  return { ...wanted, homes, faults: wanted.faults.length === 0 ? faults : wanted.faults };
}

/** What this machine lacks for a cell. */
function lackOf(fault: Fault, home: QueueHome): string | null {
  return fault.lacks?.() ?? (home === "redis" ? redisLack() : null);
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function lineOf({ fault, home, rows, lost, doubled, recoveryMs }: Cell): string[] {
  const limit = seconds(fault.limitMs ?? usualLimitMs);
  return [fault.name, home, rows, lost, doubled, `${seconds(recoveryMs)} of ${limit}`].map(String);
}

function tell(cell: Cell): void {
  process.stderr.write(`${isRight(cell) ? "ok  " : "BAD "} ${lineOf(cell).join("  ")}\n`);
  for (const wrong of cell.wrong) process.stderr.write(`     ${wrong}\n`);
}

/** Leaves no process behind where somebody stops us. */
function closeWhenStopped(): (stand: Promise<Stand>) => void {
  let running: Promise<Stand> | undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(
      signal,
      () =>
        void Promise.resolve(running)
          .then((stand) => stand?.close())
          .finally(() => process.exit(130)),
    );
  }
  return (stand) => {
    running = stand;
  };
}

async function main(): Promise<0 | 1> {
  const words = process.argv.slice(2);
  if (words.includes("--help")) {
    process.stdout.write(usage);
    return 0;
  }
  const wanted = readArguments(words);
  buildServer();
  const cells: Cell[] = [];
  const opening = closeWhenStopped();
  const leftOut: string[] = [];
  const broken: string[] = [];
  for (const fault of wanted.faults) {
    for (const home of homesOf(fault).filter((one) => wanted.homes.includes(one))) {
      const lack = lackOf(fault, home);
      if (lack !== null) {
        leftOut.push(`${fault.name} with the queue in ${home} needs ${lack}`);
        continue;
      }
      try {
        const cell = await runFault(fault, home, { rows: wanted.rows, cwd: process.cwd(), opening });
        cells.push(cell);
        tell(cell);
      } catch (error) {
        broken.push(`${fault.name}, queue in ${home}: ${String(error)}`);
        process.stderr.write(`BAD  ${fault.name}  ${home}  ${String(error)}\n`);
      }
    }
  }
  const header = ["fault", "queue", "rows", "lost", "doubled", "recovery"];
  process.stdout.write(`\n${markdownTable([header, ...cells.map(lineOf)])}\n`);
  return exitCode({ cells, broken, leftOut, allowSkips: wanted.allowSkips });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
