import { setTimeout as pause } from "node:timers/promises";
import type { Batch, BatchState } from "../contract/batch.ts";
import type { ServerClient } from "./server-client.ts";
import type { Printer } from "./printer.ts";
import { count, duration, amountOf } from "./units.ts";

const betweenMs = 500;
const over: readonly BatchState[] = ["finished", "cancelled", "rejected"];

/** Whether nothing more happens to a batch by itself. */
export function hasEnded({ state }: Pick<Batch, "state">): boolean {
  return over.includes(state);
}

/** Stays with a batch until it has ended, tells how far it is, and gives it as it is then. @throws RequestFailed */
export async function followBatch({ call, stop }: ServerClient, batchId: string, printer: Printer): Promise<Batch> {
  for (let before: BatchState | null = null; ;) {
    const batch: Batch = await call("getBatch", { params: { batchId } });
    if (batch.state !== before) tellState(batch, printer);
    before = batch.state;
    const { rows, pending } = batch.totals;
    if (batch.startedAt !== null) printer.progress(rows === 0 ? 1 : (rows - pending) / rows, progressWords(batch));
    if (hasEnded(batch)) return batch;
    await pause(betweenMs, undefined, { signal: stop });
  }
}

function tellState({ state, no, startAt, stopped }: Batch, printer: Printer): void {
  if (state === "ready") printer.say(`Batch ${no} waits for somebody to apply it.`);
  if (state === "awaiting_approval") printer.say(`Batch ${no} awaits the approval of another agent.`);
  if (state === "scheduled") printer.say(`Batch ${no} starts at ${startAt ?? "a time to come"}.`);
  if (state === "paused") {
    printer.say(`Batch ${no} is paused; it goes on when somebody resumes it. ${stopped?.message ?? ""}`.trimEnd());
  }
}

function progressWords({ totals: { rows, pending }, rowsPerSecond, etaSeconds }: Batch): string {
  return [
    `${count(rows - pending)} of ${amountOf(rows, "row")}`,
    ...(rowsPerSecond === null ? [] : [`${count(rowsPerSecond)} rows/s`]),
    ...(etaSeconds === null || pending === 0 ? [] : [`${duration(etaSeconds)} left`]),
  ].join(" · ");
}
