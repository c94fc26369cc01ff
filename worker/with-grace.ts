/**
 * Waits for `run`; once `signal` has aborted, no longer than `graceMs` more. A run that is left behind goes on by itself.
 * @throws whatever `run` throws, or the signal's reason.
 */
export async function withGrace<T>(run: Promise<T>, signal: AbortSignal, graceMs: number): Promise<T> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const left = new Promise<never>((_resolve, reject) => {
    const leave = () => {
      timer = setTimeout(() => reject(signal.reason), graceMs);
    };
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true, signal: over.signal });
  });
  try {
    return await Promise.race([run, left]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}
