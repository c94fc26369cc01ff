import { useSyncExternalStore } from "react";

let answered = true;
const watchers = new Set<() => void>();

/** Notes whether the server answered what was last asked of it. */
export function noteReached(reached: boolean): void {
  if (answered === reached) return;
  answered = reached;
  for (const tell of watchers) tell();
}

function noteNetwork(): void {
  noteReached(true);
}

function watch(tell: () => void): () => void {
  watchers.add(tell);
  window.addEventListener("offline", tell);
  window.addEventListener("online", tell);
  window.addEventListener("online", noteNetwork);
  return () => {
    watchers.delete(tell);
    window.removeEventListener("offline", tell);
    window.removeEventListener("online", tell);
    window.removeEventListener("online", noteNetwork);
  };
}

/** Whether the server does not answer at the moment. */
export function useIsAway(): boolean {
  // Without a network nothing is asked any more, so nothing would fail and say so; and an answer that was under way
  // when the network went must not hide that it went.
  return useSyncExternalStore(watch, () => !answered || !navigator.onLine);
}
