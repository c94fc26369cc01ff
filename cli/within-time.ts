/**
 * Gives what `act` gives, and ends it after `ms` or at `stop`. By a timer of its own, which also keeps the process going:
 * Node 20 loses the time-out in `AbortSignal.any([…, AbortSignal.timeout(ms)])` at a garbage collection.
 * @throws whatever `act` throws; an AbortError where its time is over or `stop` came
 */
export async function withinTime<T>(
  ms: number,
  stop: AbortSignal,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const end = () => limit.abort();
  const timer = setTimeout(end, ms);
  stop.addEventListener("abort", end, { once: true });
  if (stop.aborted) end();
  try {
    return await Promise.race([aborted(limit.signal), act(limit.signal)]);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener("abort", end);
  }
}

/** What waits may hear nothing of its signal. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = () => reject(signal.reason as Error);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
