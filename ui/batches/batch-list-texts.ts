import { many, n } from "../kit/count-words.ts";

/** The words of lists of batches, and of a batch's title and outcome. */
export const batchListTexts = {
  undo: { one: "Undo", some: "Undo" },
  title: (act: string, object: string) => `${act} · ${object}`,
  finishedWith: (failed: number, partial: number) =>
    `Finished with ${[failed > 0 && `${n(failed)} failed`, partial > 0 && `${n(partial)} partial`].filter(Boolean).join(", ")}`,
  allFailed: (rows: number) => (rows === 1 ? "Failed" : `All ${n(rows)} rows failed`),
  filters: {
    label: "Filters of batches",
    state: "State",
    operation: "Operation",
    customer: "Customer",
    who: "By",
    since: "From",
    until: "To",
    failures: "Failures",
    withFailures: "With failed or partial rows",
    withoutFailures: "Without",
    code: "Cause",
    refused: "Refused tries",
    refusedShown: "Shown",
  },
  forAll: {
    retry: "Retry all that match",
    retryTitle: "Retry what failed in all batches that match",
    none: "No batch that matches has failed or partial rows.",
  },
  batches: (amount: number) => many(amount, "batch", "batches"),
} as const;
