import { useSyncExternalStore } from "react";
import { type BundleOrder, type MadeOf, type SendOrder, sendUpload } from "./send-upload.ts";

/** A file that is on its way, whatever page is shown; `share` of it is sent, 0 to 1, and at 1 it is read and planned. */
export type RunningUpload = {
  key: number;
  customerId: string | null;
  fileName: string;
  share: number;
  stop: () => void;
};

let under: readonly RunningUpload[] = [];
let lastKey = 0;
const watchers = new Set<() => void>();

function become(next: readonly RunningUpload[]): void {
  // The browser asks before the tab is closed on a file that is on its way.
  if (under.length === 0 && next.length > 0) window.addEventListener("beforeunload", ask);
  if (next.length === 0) window.removeEventListener("beforeunload", ask);
  under = next;
  for (const tell of watchers) tell();
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/**
 * Sends a file and gives what was made of it. It goes on when the page is left, and stands in the frame until its end;
 * `onSent` is called before that.
 * @throws RequestFailed
 * @throws DOMException AbortError where it was stopped
 */
export async function startUpload<Order extends SendOrder | BundleOrder>(
  order: Order,
  onSent?: () => void,
): Promise<MadeOf<Order>> {
  const stopping = new AbortController();
  lastKey += 1;
  const key = lastKey;
  const { customerId, file } = order;
  become([...under, { key, customerId, fileName: file.name, share: 0, stop: () => stopping.abort() }]);
  try {
    const made = await sendUpload(order, {
      signal: stopping.signal,
      onSent: (share) => become(under.map((one) => (one.key === key ? { ...one, share } : one))),
    });
    onSent?.();
    return made;
  } finally {
    become(under.filter((one) => one.key !== key));
  }
}

/** The files that are on their way. */
export function useUploads(): readonly RunningUpload[] {
  return useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => under,
  );
}
