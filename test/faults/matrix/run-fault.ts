import { eventually } from "../../support/eventually.ts";
import type { Fault, QueueHome } from "./fault.ts";
import { judge, type Verdict } from "./judge.ts";
import { strikeAt } from "./moments.ts";
import { openStand, type Stand } from "./stand.ts";
import { watchApi, watchChunks, watchRows } from "./watch.ts";
import { finishLimit, isFinished, type Started } from "./work.ts";

/** What a fault did to an installation. */
export type Cell = Verdict & {
  fault: Fault;
  home: QueueHome;
  /** How many came to their ends, in all batches. */
  rows: number;
  /**
   * The longest time in which no row ended, a chunk that was in the queue or at work came to no end, or the api was not ready,
   * from the first moment of the fault on, a chunk from the last blow on; of an outage from its end.
   */
  recoveryMs: number;
};

type RunOptions = {
  /** How many a batch has. */
  rows: number;
  /** Where Muster is built. */
  cwd: string;
  /** Gets the installation as soon as it comes up, to close it where somebody stops us. */
  opening?: (stand: Promise<Stand>) => void;
};

const readyLimit = { timeoutMs: 120_000 };

/** Puts rows in flight on an installation of its own, lets the fault strike, waits for the end and looks what became of them. */
export async function runFault(fault: Fault, home: QueueHome, { rows, cwd, opening }: RunOptions): Promise<Cell> {
  const opened = openStand(home, fault.preparation ?? {}, cwd);
  opening?.(opened);
  const stand = await opened;
  try {
    return await cellOf(stand, fault, home, rows);
  } finally {
    await stand.close();
  }
}

async function cellOf(stand: Stand, fault: Fault, home: QueueHome, rows: number): Promise<Cell> {
  const batches: Started[] = [];
  const watches = { rows: watchRows(stand, batches), chunks: watchChunks(stand, batches), api: watchApi(stand) };
  let first = 0;
  let last = 0;

  async function strike(): Promise<void> {
    first = last = performance.now();
    await fault.strike(stand, () => (last = performance.now()));
    if (fault.outage === true) first = last = performance.now();
    await untilReady(stand);
  }

  try {
    await strikeAt[fault.moment ?? "working"]({ stand, rows, batches, strike });
    for (const { batchId } of batches) await eventually(() => isFinished(stand.db, batchId), finishLimit);
    const { rows: ended, chunks, api } = watches;
    const recoveries = await Promise.all([ended.end(first), chunks.end(last), api.end(first)]);
    const verdict = await judge(stand.db, batches);
    const gone = [stand.api, ...stand.workers].filter((one) => one.hasEnded());
    for (const one of gone) verdict.wrong.push(`a process ended by itself: ${one.output().slice(-500)}`);
    return { fault, home, rows: rows * batches.length, ...verdict, recoveryMs: Math.max(...recoveries) };
  } finally {
    for (const watch of Object.values(watches)) watch.stop();
  }
}

async function untilReady({ api }: Stand): Promise<void> {
  await eventually(async () => (await api.client.request("/readyz")).status === 200, readyLimit);
}
