import { tellGaps } from "../../support/tell-gaps.ts";
import { usualLimitMs } from "./fault.ts";
import type { Cell } from "./run-fault.ts";

/** What came of faults that struck, and of those that did not. */
export type Run = {
  cells: readonly Cell[];
  /** What each fault ended with that gave no cell. */
  broken: readonly string[];
  leftOut: readonly string[];
  allowSkips: boolean;
};

/** Whether nothing was lost or doubled, all is right and rows went on in time. */
export function isRight({ fault, lost, doubled, wrong, recoveryMs }: Cell): boolean {
  return lost === 0 && doubled === 0 && wrong.length === 0 && recoveryMs <= (fault.limitMs ?? usualLimitMs);
}

/** Tells what was not right, and gives the exit code: 0 only where a fault struck and all that was to be tried is right. */
export function exitCode({ cells, broken, leftOut, allowSkips }: Run, tell?: (line: string) => void): 0 | 1 {
  const bad = cells.filter((cell) => !isRight(cell)).map(({ fault, home }) => `${fault.name}, queue in ${home}`);
  const none = cells.length === 0 ? ["no fault has struck"] : [];
  return tellGaps({ missed: [...bad, ...broken, ...none], leftOut, allowSkips }, tell);
}
