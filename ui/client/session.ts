import { useSyncExternalStore } from "react";

/**
 * Whether the pages have a session: `ended` where one was there and is over, so that what stands on the page is kept
 * while the agent signs in again.
 */
export type SessionState = "unknown" | "signedIn" | "signedOut" | "ended";

let state: SessionState = "unknown";
const watchers = new Set<() => void>();

function become(next: SessionState): void {
  if (state === next) return;
  state = next;
  for (const tell of watchers) tell();
}

/** Remembers that the api knows the caller. */
export function sessionBegan(): void {
  become("signedIn");
}

/** Remembers that the api does not know the caller any more, or never did. */
export function sessionEnded(): void {
  become(state === "signedIn" || state === "ended" ? "ended" : "signedOut");
}

/** Remembers that the agent signed out. */
export function sessionLeft(): void {
  become("signedOut");
}

/** The state of the session; a component that uses it is drawn anew when it changes. */
export function useSession(): SessionState {
  return useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => state,
  );
}
