import { useSyncExternalStore } from "react";

let away = false;
const watchers = new Set<() => void>();

/** Notes whether the server answered what was last asked of it. */
export function noteReached(reached: boolean): void {
  if (away === !reached) return;
  away = !reached;
  for (const tell of watchers) tell();
}

/** Whether the server does not answer at the moment. */
export function useIsAway(): boolean {
  return useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => away,
  );
}
