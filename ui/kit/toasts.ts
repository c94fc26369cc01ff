import { useSyncExternalStore } from "react";

/** Something that has happened, in one sentence that names it, and the way to it. */
export type Toast = {
  key: number;
  tone: "good" | "bad" | "busy";
  text: string;
  /** An address of ours, such as `pageAddress("batch", { batchId })`. */
  link?: { label: string; to: string };
};

const most = 4;

let shown: readonly Toast[] = [];
let lastKey = 0;
const watchers = new Set<() => void>();

function become(next: readonly Toast[]): void {
  shown = next;
  for (const tell of watchers) tell();
}

/** Says at the lower right what has happened, such as `Anna Berg was deleted`, wherever the agent is by then. */
export function say(toast: Omit<Toast, "key">): void {
  lastKey += 1;
  become([...shown, { ...toast, key: lastKey }].slice(-most));
}

/** Takes a toast away. */
export function unsay(key: number): void {
  become(shown.filter((toast) => toast.key !== key));
}

/** The toasts that stand on the screen, the latest last. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => shown,
  );
}
