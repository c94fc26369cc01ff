import { eventually } from "../../support/eventually.ts";
import { untilEnded } from "../batch-stand.ts";
import { usualLimitMs, type Fault, type QueueHome } from "./fault.ts";
import { judge, type Verdict } from "./judge.ts";
import { openStand, type Stand } from "./stand.ts";
import { watchRows } from "./watch-rows.ts";
import { applied, isFinished, makeWork, planned, underWay, whileApplying, whileDownloading } from "./work.ts";

/** What a fault did to an installation. */
export type Cell = Verdict & {
  fault: Fault;
  home: QueueHome;
  rows: number;
  /** The longest time in which no row ended, or the api was not ready, from the end of the fault on; from its begin where others go on. */
  recoveryMs: number;
};

type RunOptions = {
  rows: number;
  /** Where Muster is built. */
  cwd: string;
  /** Gets the installation as soon as it comes up, to close it where somebody stops us. */
  opening?: (stand: Promise<Stand>) => void;
};

const finishLimit = { timeoutMs: 300_000 };
const readyLimit = { timeoutMs: 120_000 };

/** Puts rows in flight on an installation of its own, lets the fault strike, waits for the end and looks what became of them. */
export async function runFault(fault: Fault, home: QueueHome, { rows, cwd, opening }: RunOptions): Promise<Cell> {
  const opened = openStand(home, fault.preparation ?? {}, cwd);
  opening?.(opened);
  const stand = await opened;
  try {
    return await strikeAt(stand, fault, home, rows);
  } finally {
    await stand.close();
  }
}

async function strikeAt(stand: Stand, fault: Fault, home: QueueHome, rows: number): Promise<Cell> {
  const { moment = "working" } = fault;
  const work = await makeWork(stand, rows);
  let batchId = "";
  // Until the fault has struck, no row is late.
  let from = Infinity;
  let readyMs = 0;
  const strike = async () => {
    const begun = performance.now();
    await fault.strike(stand, () => isFinished(stand.db, batchId));
    const over = performance.now();
    from = fault.goesOn === true ? begun : over;
    await untilReady(stand);
    readyMs = performance.now() - over;
  };

  if (moment === "uploading" || moment === "planning") {
    await underWay(stand, work, moment === "planning");
    await strike();
  }
  batchId = await planned(stand, work);
  if (moment === "applying") await whileApplying(stand, batchId, strike);
  await applied(stand, batchId);
  const watch = watchRows(stand.db, batchId);
  if (moment === "working") {
    await untilEnded(stand.db, batchId, 1);
    await strike();
  }
  await eventually(() => isFinished(stand.db, batchId), finishLimit);
  const stillMs = await watch.end(from);
  const told = moment === "downloading" ? await whileDownloading(stand, batchId, strike) : rows;
  const verdict = await judge(stand.db, { batchId, ...work });
  if (told !== rows) verdict.wrong.push(`the download tells of ${told} rows`);
  const gone = [stand.api, ...stand.workers].filter((one) => one.hasEnded());
  for (const one of gone) verdict.wrong.push(`a process ended by itself: ${one.output().slice(-500)}`);
  return { fault, home, rows, ...verdict, recoveryMs: Math.max(readyMs, stillMs) };
}

async function untilReady({ api }: Stand): Promise<void> {
  await eventually(async () => (await api.client.request("/readyz")).status === 200, readyLimit);
}

/** Whether nothing was lost or doubled, all is right and rows went on in time. */
export function isRight({ fault, lost, doubled, wrong, recoveryMs }: Cell): boolean {
  return lost === 0 && doubled === 0 && wrong.length === 0 && recoveryMs <= (fault.limitMs ?? usualLimitMs);
}
