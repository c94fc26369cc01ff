/** Places for a limited number of jobs at once, handed out in the order in which they were asked for. */
export type Slots = {
  /** Waits for a free place and returns the function that frees it again. @throws the signal's reason once it aborts. */
  take(signal: AbortSignal): Promise<() => void>;
  /** How many are taken. */
  taken: () => number;
};

/** Makes `count` places, shared by the Workers of all queues of a process. */
export function makeSlots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];

  function giveBack(): void {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }

  function makeRelease(): () => void {
    let held = true;
    return () => {
      if (held) giveBack();
      held = false;
    };
  }

  return {
    taken: () => count - free,
    async take(signal) {
      signal.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return makeRelease();
      }
      await new Promise<void>((resolve, reject) => {
        const admit = (): void => {
          signal.removeEventListener("abort", leave);
          resolve();
        };
        const leave = (): void => {
          waiting.splice(waiting.indexOf(admit), 1);
          reject(signal.reason);
        };
        waiting.push(admit);
        signal.addEventListener("abort", leave, { once: true });
      });
      return makeRelease();
    },
  };
}
