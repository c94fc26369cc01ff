import type { CauseCode } from "../../../contract/codes.ts";
import type { Outcome } from "../work-rows/outcome.ts";

/** So many rows that one run ended in the same way. */
export type EndedRows = { outcome: Outcome["state"]; cause: CauseCode | null; rows: number };

/** The rows of a run that failed, by cause. */
export function failedByCause(ended: readonly EndedRows[]): Partial<Record<CauseCode, number>> {
  const failed = ended.filter(({ outcome }) => outcome === "failed");
  return Object.fromEntries(failed.map(({ cause, rows }) => [cause, rows]));
}

/** Counts what a run did: `succeeded` rows, and those of `outcomes` by outcome and cause. */
export function countEnded(succeeded: number, outcomes: readonly Outcome[]): EndedRows[] {
  const counted = new Map<string, EndedRows>();
  for (const { state, cause } of outcomes) {
    if (state === "succeeded") continue;
    const key = `${state} ${cause?.code}`;
    const ended = counted.get(key) ?? { outcome: state, cause: cause?.code ?? null, rows: 0 };
    ended.rows += 1;
    counted.set(key, ended);
  }
  return succeeded === 0
    ? [...counted.values()]
    : [{ outcome: "succeeded", cause: null, rows: succeeded }, ...counted.values()];
}
