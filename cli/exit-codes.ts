import type { Batch } from "../contract/batch.ts";
import type { Bundle } from "../contract/bundle.ts";

/** What the command ends with; scripts rely on these, and a release never changes one. */
export const exitCodes = {
  done: 0,
  rowsFailed: 1,
  wrongUsage: 2,
  refused: 3,
  unreachable: 4,
  awaitsApproval: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command that cannot go on, with a sentence for the person who gave it. */
export class CommandFailed extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, sentence: string) {
    super(sentence);
    this.name = "CommandFailed";
    this.exitCode = exitCode;
  }
}

/** A command that is wrong, with what is missing or wrong in it. */
export function wrongUsage(sentence: string): CommandFailed {
  return new CommandFailed(exitCodes.wrongUsage, sentence);
}

/** How a plan ends the command: rows that cannot be done, or seats that are short, are something to act on. */
export function exitOfPlan({ plan, seats, stopped }: Pick<Batch, "plan" | "seats" | "stopped">): ExitCode {
  const hindered = plan.invalid + plan.conflict > 0 || seats.some(({ needed, free }) => needed > free);
  return hindered || stopped !== null ? exitCodes.rowsFailed : exitCodes.done;
}

/** How a batch that has ended ends the command; `refused` where somebody said no to a retry of it, or to its plan. */
export function exitOfOutcome({ totals, state }: Pick<Batch, "totals" | "state">, refused = false): ExitCode {
  if (refused || state === "rejected") return exitCodes.refused;
  return totals.failed + totals.partial + totals.cancelled > 0 ? exitCodes.rowsFailed : exitCodes.done;
}

/**
 * How a file for many customers ends the command: as its batches do, and its refused rows are something to act on. `planRefused`
 * where somebody said no to one of its plans.
 */
export function exitOfBundle(
  { refused, states, totals }: Pick<Bundle, "refused" | "states" | "totals">,
  planRefused: boolean,
): ExitCode {
  const { pending, failed, partial, cancelled } = totals;
  if ((states.awaiting_approval ?? 0) > 0) return exitCodes.awaitsApproval;
  if (planRefused) return exitCodes.refused;
  return refused + pending + failed + partial + cancelled > 0 ? exitCodes.rowsFailed : exitCodes.done;
}
