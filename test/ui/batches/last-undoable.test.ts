import { expect, it } from "vitest";
import type { Fix } from "../../../contract/fix.ts";
import { lastUndoable } from "../../../ui/batches/last-undoable.ts";

const fix = (at: number, more: Partial<Fix> = {}): Fix => ({
  id: String(at),
  column: "Country",
  rows: 3,
  by: "Ada",
  at: new Date(at * 60_000).toISOString(),
  undoneAt: null,
  kept: null,
  ...more,
});
const counts = { rows: 9, pending: 0, succeeded: 5, unchanged: 0, partial: 0, cancelled: 0 };

it("the latest change that changed something and was not undone can be undone", () => {
  const plan = { state: "ready", startedAt: null, totals: { ...counts, failed: 4 } } as const;
  const undone = fix(5, { undoneAt: new Date().toISOString(), kept: 0 });
  expect(lastUndoable([undone, fix(4, { rows: 0 }), fix(3), fix(2)], plan)?.id).toBe("3");
  expect(lastUndoable([undone], plan)).toBeUndefined();
});

it("once a batch has run, only a change of rows that had failed in it can be undone, while some still fail", () => {
  const ran = { state: "finished", startedAt: new Date(180_000).toISOString() } as const;
  expect(lastUndoable([fix(4)], { ...ran, totals: { ...counts, failed: 4 } })?.id).toBe("4");
  expect(lastUndoable([fix(2)], { ...ran, totals: { ...counts, failed: 4 } })).toBeUndefined();
  expect(lastUndoable([fix(4)], { ...ran, totals: { ...counts, failed: 0 } })).toBeUndefined();
});
