import { setTimeout as pause } from "node:timers/promises";
import type { Batch, BatchState } from "../contract/batch.ts";
import type { ServerClient } from "./server-client.ts";
import type { Printer } from "./printer.ts";
import { ownCommand } from "./next-command.ts";
import { count, duration, amountOf } from "./units.ts";

const betweenMs = 500;
const over: readonly BatchState[] = ["finished", "cancelled", "rejected"];

/** Whether nothing more happens to a batch by itself. */
export function hasEnded({ state }: Pick<Batch, "state">): boolean {
  return over.includes(state);
}

/** A batch at the end of the stay; `refused` where somebody said no to what was asked for. */
export type Followed = { batch: Batch; refused: boolean };

/**
 * Stays with a batch, which was `known` so far, until it has ended or what it awaits is refused, tells how far it is, and
 * gives it as it is then. `program` is how the command was started.
 * @throws RequestFailed
 */
export async function followBatch(
  { call, stop }: ServerClient,
  known: Batch,
  { printer, program }: { printer: Printer; program: string },
): Promise<Followed> {
  let asked = known.state === "awaiting_approval";
  for (let before: BatchState | null = null; ;) {
    const batch: Batch = await call("getBatch", { params: { batchId: known.id } });
    const refused = asked && tellDecision(batch, printer);
    asked = batch.state === "awaiting_approval";
    if (batch.state !== before && !refused) tellState(batch, printer, program);
    before = batch.state;
    const { rows, pending } = batch.totals;
    if (batch.startedAt !== null) printer.progress(rows === 0 ? 1 : (rows - pending) / rows, progressWords(batch));
    if (refused || hasEnded(batch)) return { batch, refused };
    await pause(betweenMs, undefined, { signal: stop });
  }
}

/** Says what became of the question of a batch that awaited approval, and tells whether it rests because of a no. */
export function tellDecision({ no, state, approval }: Batch, printer: Printer): boolean {
  const decision = approval?.decision ?? null;
  if (state === "awaiting_approval" || decision === null) return false;
  const { approved, by, note } = decision;
  const what = approval?.retriedRows === null ? "the plan" : "the retry";
  printer.say(`${by} ${approved ? "approved" : "refused"} ${what} of batch ${no}${note === null ? "." : `: ${note}`}`);
  return !approved && (state === "ready" || hasEnded({ state }));
}

function tellState(batch: Batch, printer: Printer, program: string): void {
  const { state, no, startAt, stopped } = batch;
  if (state === "ready") printer.say(`Batch ${no} waits for somebody to apply it.`);
  if (state === "awaiting_approval") {
    printer.say(`Batch ${no} awaits the approval of another agent: ${ownCommand(program, "approve", batch)}`);
  }
  if (state === "scheduled") printer.say(`Batch ${no} starts at ${startAt ?? "a time to come"}.`);
  if (state === "paused") {
    printer.say(`Batch ${no} is paused. ${stopped?.message ?? ""}`.trimEnd());
    printer.say(`It goes on when somebody resumes it: ${ownCommand(program, "resume", batch)}`);
  }
}

function progressWords({ totals: { rows, pending }, rowsPerSecond, etaSeconds }: Batch): string {
  return [
    `${count(rows - pending)} of ${amountOf(rows, "row")}`,
    ...(rowsPerSecond === null ? [] : [`${count(rowsPerSecond)} rows/s`]),
    ...(etaSeconds === null || pending === 0 ? [] : [`${duration(etaSeconds)} left`]),
  ].join(" · ");
}
