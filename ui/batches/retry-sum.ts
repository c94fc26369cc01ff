import type { RowStep } from "../../contract/batch.ts";
import type { RetryPreview } from "../../contract/retry-preview.ts";

/** What a retry of several batches would do, taken together. */
export type RetrySum = {
  rows: number;
  goOn: { step: RowStep | null; rows: number }[];
  going: number;
  stay: { code: string; title: string; rows: number }[];
};

/** Adds up what retries of several batches would do, the most rows first. */
export function sumPreviews(previews: readonly RetryPreview[]): RetrySum {
  const goOn = new Map<RowStep | null, number>();
  const stay = new Map<string, { code: string; title: string; rows: number }>();
  for (const preview of previews) {
    for (const { step, rows } of preview.goOn) goOn.set(step, (goOn.get(step) ?? 0) + rows);
    for (const { code, title, rows } of preview.stay) {
      stay.set(code, { code, title, rows: rows + (stay.get(code)?.rows ?? 0) });
    }
  }
  return {
    rows: previews.reduce((sum, { rows }) => sum + rows, 0),
    goOn: [...goOn].map(([step, rows]) => ({ step, rows })).toSorted((one, other) => other.rows - one.rows),
    going: [...goOn.values()].reduce((sum, rows) => sum + rows, 0),
    stay: [...stay.values()].toSorted((one, other) => other.rows - one.rows),
  };
}

/** Whether a retry of one batch waits for the yes of a second agent. */
export function asksFirst({ brake }: RetryPreview): boolean {
  return brake.needs === "approval";
}

/** How many users a retry of one batch hits whose number has to be typed; 0 where none has to. */
export function toConfirm({ brake }: RetryPreview): number {
  return brake.needs === "confirmation" ? brake.users : 0;
}

/** How many rows of one batch a retry would carry out. */
export function goingOf({ goOn }: RetryPreview): number {
  return goOn.reduce((sum, { rows }) => sum + rows, 0);
}
