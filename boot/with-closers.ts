import type { Closers } from "../core/open-core.ts";

/** Closes what `act` has started, the last first, however it ends. */
export async function withClosers<T>(act: (closers: Closers) => Promise<T>): Promise<T> {
  const closers: Closers = [];
  try {
    return await act(closers);
  } finally {
    for (const close of closers) await close();
  }
}
