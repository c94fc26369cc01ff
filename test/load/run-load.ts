import type { Line } from "../bench/table.ts";
import type { QueueHome } from "../faults/matrix/fault.ts";
import { manyAgents } from "./many-agents.ts";
import { moreWorkers } from "./more-workers.ts";
import { pagesMeanwhile } from "./pages-meanwhile.ts";
import { rowsToEnd } from "./rows-to-end.ts";
import { soak } from "./soak.ts";
import { openStand, type Stand } from "./stand.ts";

/** How large a load is. */
export type Size = {
  rows: number;
  /** Of the customer in whom pages search. */
  users: number;
  agents: number;
  /** Requests of each agent, and looks at each page. */
  rounds: number;
  minutes: number;
  workers: number;
  homes: readonly QueueHome[];
};

/** The parts of a load, which can be run alone. */
export const loadParts = {
  rows: {
    does: "rows from the file to the results: pace, processor time, memory of each process, disk",
    run: (stand, { rows }, lines) => rowsToEnd(stand, rows, lines),
  },
  pages: {
    does: "searches and lists in a customer of many users, and requests of 3 rows, while a file is planned and applied",
    run: (stand, size, lines) => pagesMeanwhile(stand, size, lines),
  },
  agents: {
    does: "200 agents at once on the api while batches of a tenth of the rows run",
    run: (stand, { agents, rounds, rows }, lines) => manyAgents(stand, agents, rounds, Math.floor(rows / 10), lines),
  },
  workers: {
    does: "a tenth of the rows applied by 1, 2 and 3 workers on both queues, beside a plain COPY",
    run: (stand, { rows, workers, homes }, lines) =>
      moreWorkers(stand, { rows: Math.floor(rows / 10), workers, homes }, lines),
  },
  soak: {
    does: "batches for 10 minutes: memory of each process at the begin and at the end",
    run: (stand, { rows, minutes }, lines) => soak(stand, minutes, Math.min(5_000, rows), lines),
  },
} satisfies Record<string, { does: string; run: (stand: Stand, size: Size, lines: Line[]) => Promise<void> }>;

export type LoadPart = keyof typeof loadParts;

/** Puts the loads on the Muster built in `cwd`, one after the other, and a line for each figure into `lines`. */
export async function runLoad(parts: readonly LoadPart[], size: Size, cwd: string, lines: Line[]): Promise<void> {
  const stand = await openStand(cwd);
  try {
    for (const part of parts) await loadParts[part].run(stand, size, lines);
  } finally {
    await stand.close();
  }
}
