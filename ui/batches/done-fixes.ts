import { useSyncExternalStore } from "react";
import type { DoneFix } from "./fix-all.ts";

const none: readonly DoneFix[] = [];
/** By batch; they are kept for as long as the tab is open, whatever page is shown. */
const done = new Map<string, readonly DoneFix[]>();
const watchers = new Set<() => void>();

function become(batchId: string, fixes: readonly DoneFix[]): void {
  done.set(batchId, fixes);
  for (const tell of watchers) tell();
}

/** Keeps a fix so that it can be undone. */
export function keepFix(batchId: string, fix: DoneFix): void {
  if (fix.cells.length > 0) become(batchId, [...(done.get(batchId) ?? none), fix]);
}

/** Takes away the fix that was done last; `left` are cells of it that could not be undone yet. */
export function forgetFix(batchId: string, left: DoneFix): void {
  become(batchId, [...(done.get(batchId) ?? none).slice(0, -1), ...(left.cells.length === 0 ? [] : [left])]);
}

/** The fix of a batch that was done last and can be undone. */
export function useLastFix(batchId: string): DoneFix | undefined {
  const fixes = useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => done.get(batchId) ?? none,
  );
  return fixes.at(-1);
}
