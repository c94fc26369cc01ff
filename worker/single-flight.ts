/**
 * Makes a function that runs `work` never twice at once: calls while it runs cause exactly one more run afterwards. The promise
 * resolves after a run that began at or after the call, and never rejects, because `work` reports its own errors.
 */
export function singleFlight(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function start(): Promise<void> {
    running = work()
      .catch(() => {})
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  return () => {
    if (!running) return start();
    next ??= running.then(() => {
      next = undefined;
      return start();
    });
    return next;
  };
}
