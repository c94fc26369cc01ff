import type { Batch } from "../../contract/batch.ts";
import type { Fix } from "../../contract/fix.ts";

/** The latest fix that can still be undone: of a plan any; once a batch has run, one of rows that failed in it. */
export function lastUndoable(
  fixes: readonly Fix[],
  { state, startedAt, totals }: Pick<Batch, "state" | "startedAt" | "totals">,
): Fix | undefined {
  const last = fixes.find(({ rows, undoneAt }) => rows > 0 && undoneAt === null);
  if (last === undefined || state === "ready") return last;
  return totals.failed > 0 && startedAt !== null && last.at > startedAt ? last : undefined;
}
