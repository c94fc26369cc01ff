import { setTimeout as pause } from "node:timers/promises";

/** Repeats `check` until it neither throws nor returns false, and returns what it returned; throws its last error when the time is up. */
export async function eventually<T>(
  check: () => Promise<T> | T,
  { timeoutMs = 15_000 }: { timeoutMs?: number } = {},
): Promise<T> {
  for (const end = Date.now() + timeoutMs; ; await pause(25)) {
    try {
      const value = await check();
      if (value !== false) return value;
      if (Date.now() > end) throw new Error(`The check still answers false after ${timeoutMs} ms`);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
