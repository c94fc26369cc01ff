import type { Batch, BatchState } from "../../contract/batch.ts";
import { batchListTexts } from "./batch-list-texts.ts";
import { batchTexts } from "./batch-texts.ts";

/** How a batch stands: one that ended with failures never looks like one that succeeded. */
export type BatchOutcome = { look: BatchState | "partial" | "failed"; word: string };

/** How a batch stands, by its state and, once it has ended, by its rows. */
export function batchOutcome({ state, totals }: { state: BatchState; totals?: Batch["totals"] }): BatchOutcome {
  const { failed, partial, rows } = totals ?? { failed: 0, partial: 0, rows: 0 };
  if (state !== "finished" || failed + partial === 0) return { look: state, word: batchTexts.batches.states[state] };
  if (failed === rows) return { look: "failed", word: batchListTexts.allFailed(rows) };
  return { look: "partial", word: batchListTexts.finishedWith(failed, partial) };
}

/** Whether rows of a batch have outcomes: before, they have a plan alone. A batch can be cancelled without a start. */
export function hasOutcomes({ state, startedAt }: Pick<Batch, "state" | "startedAt">): boolean {
  return startedAt !== null || state === "cancelled";
}
