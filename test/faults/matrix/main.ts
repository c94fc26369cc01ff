import { markdownTable } from "../../support/markdown-table.ts";
import { hasRedis } from "../../support/redis-server.ts";
import { canRun } from "../../support/can-run.ts";
import { queueHomes, usualLimitMs, type Fault, type QueueHome } from "./fault.ts";
import { faults, homesOf } from "./faults.ts";
import { isRight, runFault, type Cell } from "./run-fault.ts";
import type { Stand } from "./stand.ts";

const usage = `Usage: npm run faults -- [FAULT ...] [--postgres | --redis] [--rows=20000]

Strikes a running installation of one api and three workers with each fault, or with those that are named, its queue in
Postgres and in Redis, or in that alone, and prints what became of the rows. Ends with 0 only when none was lost or
doubled, all else is right, and rows went on in time.

Faults:
${faults.map(({ name, does }) => `  ${name.padEnd(24)}${does}`).join("\n")}
`;

type Wanted = { faults: readonly Fault[]; homes: readonly QueueHome[]; rows: number };

/** What the command line asks for. @throws Error where it asks for what there is not. */
function readArguments(words: readonly string[]): Wanted {
  const wanted = { faults: [] as Fault[], homes: [] as QueueHome[], rows: 20_000 };
  for (const word of words) {
    const fault = faults.find(({ name }) => name === word);
    const home = queueHomes.find((one) => word === `--${one}`);
    const rows = /^--rows=(\d+)$/.exec(word)?.[1];
    if (fault !== undefined) wanted.faults.push(fault);
    else if (home !== undefined) wanted.homes.push(home);
    else if (rows !== undefined) wanted.rows = Number(rows);
    else throw new Error(`"${word}" is neither a fault nor an option.\n\n${usage}`);
  }
  return {
    faults: wanted.faults.length === 0 ? faults : wanted.faults,
    homes: wanted.homes.length === 0 ? queueHomes : wanted.homes,
    rows: wanted.rows,
  };
}

function runnable(fault: Fault, home: QueueHome): boolean {
  const command = `npm run faults -- ${fault.name} --${home}`;
  const lacking =
    fault.lacks?.() ?? (home === "redis" && !hasRedis() ? "redis-server, Debian's package of that name" : null);
  return canRun(lacking === null, `${fault.name} needs ${lacking}`, command);
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

async function main(): Promise<boolean> {
  const words = process.argv.slice(2);
  if (words.includes("--help")) {
    process.stdout.write(usage);
    return true;
  }
  const wanted = readArguments(words);
  const cells: Cell[] = [];
  const opening = closeWhenStopped();
  let all = true;
  for (const fault of wanted.faults) {
    for (const home of homesOf(fault).filter((one) => wanted.homes.includes(one))) {
      if (!runnable(fault, home)) continue;
      try {
        const cell = await runFault(fault, home, { rows: wanted.rows, cwd: process.cwd(), opening });
        cells.push(cell);
        all &&= isRight(cell);
        tell(cell);
      } catch (error) {
        all = false;
        process.stderr.write(`BAD  ${fault.name}  ${home}  ${String(error)}\n`);
      }
    }
  }
  const header = ["fault", "queue", "rows", "lost", "doubled", "recovery"];
  process.stdout.write(`\n${markdownTable([header, ...cells.map(lineOf)])}\n`);
  return all;
}

main().then(
  (all) => process.exit(all ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
